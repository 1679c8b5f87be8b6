import pandas as pd

s = pd.Series([1, 2, 3], index=["c", "a", "b"])
print(s.sort_index())
print(s.sort_values(ascending=False))
