import numpy as np
import pandas as pd
a = np.array([1, 5, 10])
w = np.where(a > 4, "hi", "lo")
df = pd.DataFrame({"a": a})
df["c"] = np.where(df["a"] > 4, "big", "small")
df["d"] = np.where(df["c"] == "big", df["a"], np.nan)
df["e"] = np.where(df["a"] > 4, df["c"], "none")
names = np.array(["x", "yy", "x"])
print(pd.Series(names).value_counts())
print(pd.DataFrame({"n": names, "v": [1, 2, 3]}).groupby("n")["v"].sum())
