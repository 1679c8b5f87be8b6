import pandas as pd
import numpy as np
df = pd.DataFrame({"i": np.array([1, 2], dtype="int32"), "f": np.array([1.5, 2.5], dtype="float32"), "u": np.array([1, 2], dtype="uint8"), "b": [True, False], "s": ["a", "b"], "o": [1, "x"], "d": pd.to_datetime(["2020-01-01", "2020-01-02"])})
print(df.select_dtypes("bool").columns.tolist(), df.select_dtypes("datetime").columns.tolist())
print(df["i"].dtype == "int32", df["i"].dtype == np.int32, df["s"].dtype == object, df["f"].dtype.name, df["i"].dtype.kind, df["f"].dtype.itemsize)
print(df["i"] + df["f"], (df["i"] + 1).dtype, (df["u"] * 2).dtype, (df["i"] / 2).dtype, (df["f"] + 1).dtype)
