import pandas as pd

s = pd.Series([1, None, 3], dtype="Int64")
print(s)
print(s.sum(), s.isna().sum())
