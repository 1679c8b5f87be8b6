import pandas as pd
import numpy as np
s = pd.Series([1, np.nan, 3])
print(np.nan == np.nan, pd.NA is pd.NA, pd.isna(pd.NA), pd.NaT is pd.NaT)
df = pd.DataFrame({"a": [1, None], "b": [None, None]})
print(df.isna().values.tolist(), df.isna().any().tolist(), df.dropna(how="all", axis=1), df.fillna(9))
