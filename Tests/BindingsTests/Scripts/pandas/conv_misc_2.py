import pandas as pd
import numpy as np
df = pd.DataFrame({"x": [3, 1, 2], "y": ["b", "a", "c"]})
print(df["y"].tolist(), list(df["y"]), set(df["y"]) == {"a", "b", "c"}, dict(zip(df.y, df.x)))
print(df.swapaxes(0, 1) if hasattr(df, "swapaxes") else df.T)
print(df.add_prefix("c_").columns.tolist(), df.rename(str.upper, axis="columns").columns.tolist())
print(df.reindex(columns=["y", "x"]), df[["y", "x"]], df.loc[:, ::-1])
