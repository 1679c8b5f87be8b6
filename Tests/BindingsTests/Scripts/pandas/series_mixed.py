import pandas as pd

print(pd.Series([1, "a", None, 2.5]))
