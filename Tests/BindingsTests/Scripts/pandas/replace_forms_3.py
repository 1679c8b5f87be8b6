import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "x"], "c": [1.5, np.nan, -999.0]})
print(df.fillna(0), df.fillna({"c": -1}), df["c"].fillna(df["c"].mean()))
print(df["a"].map(lambda v: v * 2), df["a"].map("n={}".format))
