import pandas as pd
import numpy as np
df = pd.DataFrame({"x": [3, 1, 2], "y": ["b", "a", "c"]})
print(df.sort_values("y")["x"].to_numpy(), df["x"].to_numpy(dtype=float), df.to_numpy())
print(df[["x"]].to_numpy().shape, df["x"].values.mean(), np.array(df["x"]).sum(), np.mean(df["x"]), np.std(df["x"]), np.max(df["x"]))
print(df["x"].astype("float32").dtype, df["x"].nbytes, df["x"].itemsize if False else "")
print(df.squeeze().shape, df[["x"]].squeeze().name, pd.Series([5]).squeeze(), pd.Series([5]).item())
