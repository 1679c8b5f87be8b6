import pandas as pd
import numpy as np
idx = pd.date_range("2024-01-01", periods=10, freq="D")
s = pd.Series(np.arange(10), index=idx)
df = pd.DataFrame({"a": np.arange(10), "b": np.arange(10) * 0.5}, index=idx)
print(s.shift(1).head(3), s.shift(1, freq="D").head(2))
print(pd.date_range("2024-01-31", periods=3, freq="ME"))
print(pd.date_range("2024-01-01", "2024-01-02", freq="6h"))
print(pd.date_range("2024-01-01", periods=3, freq="MS"))
