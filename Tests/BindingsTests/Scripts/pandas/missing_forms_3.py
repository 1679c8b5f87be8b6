import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, np.nan, 3], "b": [np.nan, np.nan, 6], "c": ["x", None, "z"]})
df["a"] = df["a"].fillna(-1).astype(int)
print(pd.Series([1, None, None, 4]).interpolate(), pd.Series([1, None, None, 4]).ffill(limit=1))
print(df.fillna(df.mean(numeric_only=True)))
print(df["b"].isna().sum(), df.isnull().values.any())
