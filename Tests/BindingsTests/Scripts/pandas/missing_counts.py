import numpy as np
import pandas as pd

df = pd.DataFrame({"a": [1, np.nan], "b": ["x", None]})
print(df.isna())
print(df.isna().sum())
print(df.notna().all())
