import numpy as np
import pandas as pd

for f in (lambda: pd.DataFrame({"a": [1, 2], "b": [1]}), lambda: bool(pd.Series([1])), lambda: pd.Series(["x"]).astype(int), lambda: pd.concat([]), lambda: pd.Series([np.nan]).astype(int)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
