import pandas as pd

print(pd.Series([1e10, 2.5, -3.0]))
print(pd.Series([1e-10, 1.0]))
