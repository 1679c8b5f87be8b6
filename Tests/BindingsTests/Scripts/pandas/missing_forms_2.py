import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, np.nan, 3], "b": [np.nan, np.nan, 6], "c": ["x", None, "z"]})
df["a"] = df["a"].fillna(-1).astype(int)
print(df, df.dtypes)
print(df.isna().sum() / len(df) * 100)
print(pd.isna(np.nan), pd.isna(None), pd.notna(1), pd.isnull([1, None]))
print(df.count(axis=1), df["b"].count(), df["b"].first_valid_index())
