import pandas as pd

s = pd.Series([1, 2, 3, 4])
print(s.where(s > 2))
print(s.where(s > 2, 0))
print(s.mask(s > 2, -1))
