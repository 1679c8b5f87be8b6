import pandas as pd

print(pd.Series([3, 1, 2, 3]).rank())
print(pd.Series([3, 1, 2, 3]).rank(method="dense"))
