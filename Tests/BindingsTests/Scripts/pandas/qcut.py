import pandas as pd

print(pd.qcut(pd.Series([1, 2, 3, 4]), 2))
print(pd.qcut(pd.Series([1, 2, 3, 4]), 2, labels=False))
