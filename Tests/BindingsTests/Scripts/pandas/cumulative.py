import pandas as pd

s = pd.Series([1, 2, 3, 4])
print(s.cumsum().tolist(), s.cumprod().tolist(), s.cummax().tolist())
print(s.diff())
print(s.shift(1))
print(s.pct_change())
