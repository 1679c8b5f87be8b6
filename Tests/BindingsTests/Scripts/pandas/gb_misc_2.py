import pandas as pd
df = pd.DataFrame({"k": ["x", None, "y", "x"], "v": [1, 2, 3, 4], "d": [1.0, 2.0, None, 8.0]})
print(df.groupby("k")["v"].value_counts())
print(df.groupby("k")["v"].nunique())
print(df.groupby("k")["d"].quantile(0.5))
print(df.groupby("k")["v"].describe())
