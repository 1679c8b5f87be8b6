import pandas as pd
import numpy as np
idx = pd.date_range("2024-01-01", periods=10, freq="D")
s = pd.Series(np.arange(10), index=idx)
df = pd.DataFrame({"a": np.arange(10), "b": np.arange(10) * 0.5}, index=idx)
print(pd.date_range("2024-01-01", periods=4, freq="B"))
