import pandas as pd

print(pd.date_range("2024-01-01", periods=3))
print(pd.date_range("2024-01-31", periods=3, freq="ME"))
print(pd.Series([1, 2, 3], index=pd.date_range("2024-01-01", periods=3)))
