import pandas as pd
import numpy as np
idx = pd.date_range("2024-01-01", periods=10, freq="D")
s = pd.Series(np.arange(10), index=idx)
df = pd.DataFrame({"a": np.arange(10), "b": np.arange(10) * 0.5}, index=idx)
print(s.asfreq("2D"))
print(s.resample("12h").ffill().head(4))
print(s.index.month.tolist())
print(df.groupby(df.index.dayofweek)["a"].sum())
