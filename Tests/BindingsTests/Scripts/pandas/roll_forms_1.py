import pandas as pd
s = pd.Series([1.0, 2.0, 4.0, 8.0, 16.0, None, 64.0])
print(s.rolling(3).mean())
print(s.rolling(3, min_periods=1).sum())
print(s.rolling(3, center=True).max())
print(s.rolling(2).std())
