import numpy as np
import pandas as pd
a = np.array([1, 5, 10])
w = np.where(a > 4, "hi", "lo")
df = pd.DataFrame({"a": a})
df["c"] = np.where(df["a"] > 4, "big", "small")
df["d"] = np.where(df["c"] == "big", df["a"], np.nan)
print(df)
df["e"] = np.where(df["a"] > 4, df["c"], "none")
print(df, df["e"].dtype)
names = np.array(["x", "yy", "x"])
print(names, names[0], len(names), names == "x", names.tolist(), (names == "x").sum())
