import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, 2, 3], "b": [4.0, 5.0, 6.0]})
df.loc[1, "a"] = 20
df.loc[df["b"] > 4.5, "b"] = 0
df.iloc[0, 1] = 7
df.loc[:, "c"] = ["x", "y", "z"]
df["d"] = np.where(df["a"] > 2, "hi", "lo")
df["e"] = df["a"].gt(2)
df.loc[3] = [9, 9.5, "w", "hi", True]
df.loc[[0, 1], ["a", "b"]] = 0
df = df.drop(index=2)
del df["e"]
df.insert(1, "mid", [7, 8, 9])
print(df)
df.columns = ["A", "M", "B", "C"]
df.index = ["p", "q", "r"]
print(df)
