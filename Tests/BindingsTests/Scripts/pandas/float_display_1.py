import pandas as pd
print(pd.Series([0.1, 1e-5, 1e5]))
print(pd.Series([1e10, 1.0]))
print(pd.Series([1e-10, 1.0]))
print(pd.Series([123456789.123456789, 0.5]))
