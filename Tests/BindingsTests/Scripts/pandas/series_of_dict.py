import pandas as pd

print(pd.Series({"x": 1.0, "y": 2.5}))
