import pandas as pd

print(pd.Series([0.1, 0.00001, 123456.789]))
