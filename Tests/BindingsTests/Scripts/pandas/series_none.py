import pandas as pd

print(pd.Series([1, None, 3]))
print(pd.Series(["a", None]))
print(pd.Series([True, None]))
