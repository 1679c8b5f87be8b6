import pandas as pd

s = pd.Series([1.0, 2, 3, 4, 5])
print(s.rolling(2).mean())
print(s.rolling(3, min_periods=1).sum())
print(s.expanding().mean())
print(s.ewm(span=3).mean())
