import pandas as pd

s = pd.Series([1, 2])
print(s.dtype == "int64", s.dtype == int, s.dtype, pd.Series(["a"]).dtype, pd.Series([True]).dtype)
