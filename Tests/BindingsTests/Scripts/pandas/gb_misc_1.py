import pandas as pd
df = pd.DataFrame({"k": ["x", None, "y", "x"], "v": [1, 2, 3, 4], "d": [1.0, 2.0, None, 8.0]})
print(df.groupby("k").sum())
print(df.groupby("k", dropna=False).sum())
print(df.groupby("k", sort=False)["v"].first())
print(df.groupby("k")["d"].median())
