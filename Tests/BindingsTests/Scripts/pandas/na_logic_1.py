import pandas as pd
import numpy as np
s = pd.Series([1, np.nan, 3])
print(s == s, s.isna(), s.notna().sum(), s.sum(), s.mean(), s.sum(skipna=False))
print(s > 2, s.max(), s.count(), s.fillna(s.mean()), s.dropna().tolist())
print(pd.Series([None, "a"]).isna().tolist(), pd.Series([np.nan, 1]).dtype, pd.Series([None, 1]).dtype, pd.Series([None, True]).dtype)
print(s.replace(np.nan, 0), s.where(s.notna(), -1), s.mask(s.isna(), 5))
