import pandas as pd
import numpy as np
s = pd.Series([1, np.nan, 3])
print(s + 1, s.add(1, fill_value=0), s.cumsum(), s.diff())
print(pd.Series([1, None], dtype="Int64") + 1, pd.Series([True, None], dtype="boolean"), pd.Series(["a", None], dtype="string"))
print(pd.Series([1.0, None, 3.0]).interpolate().tolist(), pd.Series([None, 2.0, None]).bfill().tolist(), pd.Series([None, 2.0, None]).ffill().tolist())
