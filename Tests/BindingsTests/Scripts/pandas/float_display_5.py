import pandas as pd
print(pd.Series([2**53, -1]))
print(pd.Series([1.0, None, 1e20]))
