import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "x"], "c": [1.5, np.nan, -999.0]})
print(df.replace(1, 100))
print(df.replace({"x": "X", "y": "Y"}))
print(df.replace({"a": {1: 10, 2: 20}}))
print(df.replace([1, 2], 0))
