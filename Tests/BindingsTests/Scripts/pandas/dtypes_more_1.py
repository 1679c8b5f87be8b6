import pandas as pd
import numpy as np
df = pd.DataFrame({"i": np.array([1, 2], dtype="int32"), "f": np.array([1.5, 2.5], dtype="float32"), "u": np.array([1, 2], dtype="uint8"), "b": [True, False], "s": ["a", "b"], "o": [1, "x"], "d": pd.to_datetime(["2020-01-01", "2020-01-02"])})
print(df.dtypes)
print(df.select_dtypes(include=["number"]).columns.tolist())
print(df.select_dtypes(include=["int32", "uint8"]).columns.tolist())
print(df.select_dtypes(exclude=["object"]).columns.tolist())
