import pandas as pd

print(pd.Series(range(100)))
