import pandas as pd

s = pd.Series([3, 1, 3])
print(s.unique(), s.nunique())
print(pd.Series(["b", "a", "b"]).unique())
