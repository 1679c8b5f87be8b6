import pandas as pd
import numpy as np
idx = pd.date_range("2024-01-01", periods=10, freq="D")
s = pd.Series(np.arange(10), index=idx)
df = pd.DataFrame({"a": np.arange(10), "b": np.arange(10) * 0.5}, index=idx)
print(df.resample("5D").mean())
print(df.resample("5D").agg({"a": "sum", "b": "mean"}))
print(s["2024-01-03":"2024-01-05"])
print(s.loc["2024-01"].sum())
