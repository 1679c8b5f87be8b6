import numpy as np
import pandas as pd

df = pd.DataFrame({"a": [1, np.nan, 3], "b": ["x", None, "z"]})
print(df.fillna({"a": 0, "b": "?"}))
print(df.a.fillna(df.a.mean()))
