import pandas as pd
df = pd.DataFrame({"k": ["x", None, "y", "x"], "v": [1, 2, 3, 4], "d": [1.0, 2.0, None, 8.0]})
print(df.groupby(df["v"] > 2)["d"].sum())
print(df.groupby(lambda i: i % 2)["v"].sum())
print(df.groupby("k").agg(["sum", "mean"]))
print(df.groupby("k")["v"].idxmax())
