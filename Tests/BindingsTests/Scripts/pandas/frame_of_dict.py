import numpy as np
import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": [1.5, np.nan, 3], "c": ["x", "y", None], "d": [True, False, True]})
print(df)
print(df.dtypes)
print(df.shape, len(df), df.size, df.ndim)
