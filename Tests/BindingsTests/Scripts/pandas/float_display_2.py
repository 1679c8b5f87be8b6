import pandas as pd
print(pd.Series([1.0, 2.0, 3.0]))
print(pd.Series([1.123456789, 2.1]))
print(pd.Series([float("inf"), -float("inf"), float("nan")]))
print(pd.Series([1e100, 1e-100]))
