import pandas as pd
import numpy as np
idx = pd.date_range("2024-01-01", periods=10, freq="D")
s = pd.Series(np.arange(10), index=idx)
print(s)
print(s.resample("3D").sum())
print(s.resample("W").mean())
print(s.resample("ME").agg(["sum", "max"]))
