import pandas as pd

print(pd.Series(range(11)).describe(percentiles=[0.1, 0.9]))
