import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}, index=["r", "s"])
a, b = df.shape
row = df.iloc[0]
print(row.name, row.index.tolist())
print(type(df).__name__, type(df["a"]), type(df.iloc[0, 0]), isinstance(df, pd.DataFrame))
