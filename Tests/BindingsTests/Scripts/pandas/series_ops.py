import pandas as pd

s = pd.Series([1, 2, 3])
print(s.agg(["min", "max"]))
print(s.mode().tolist(), s.is_unique, s.tolist(), s.to_dict())
print(-s, s.isin([1]).tolist(), 2 in s)
