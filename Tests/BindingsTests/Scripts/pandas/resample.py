import pandas as pd

s = pd.Series(range(4), index=pd.date_range("2024-01-01", periods=4, freq="12h"))
print(s.resample("D").sum())
