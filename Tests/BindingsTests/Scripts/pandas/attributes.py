import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
print(df.columns, df.index, df.T)
print(list(df), df.columns.tolist(), "a" in df)
print(df.empty, df.copy().equals(df))
