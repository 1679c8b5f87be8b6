import pandas as pd
s = pd.Series([1.0, 2.0, 4.0, 8.0, 16.0, None, 64.0])
df = pd.DataFrame({"a": [1, 2, 3, 4], "b": [4.0, 3.0, 2.0, 1.0]})
print(df.rolling(2).sum())
print(df["a"].rolling(2).agg(["sum", "mean"]))
print(df["a"].rolling(3).corr(df["b"]))
print(df.rolling(2).median())
