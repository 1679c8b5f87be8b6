import pandas as pd
import numpy as np
print(pd.DataFrame([[1, "a"], [2, "b"]], columns=["n", "s"], index=["x", "y"]))
print(pd.DataFrame([{"a": 1, "b": 2}, {"a": 3, "c": 4}]))
print(pd.DataFrame({"a": pd.Series([1, 2], index=["x", "y"]), "b": pd.Series([3, 4], index=["y", "z"])}))
print(pd.DataFrame(np.eye(2), columns=list("pq")))
