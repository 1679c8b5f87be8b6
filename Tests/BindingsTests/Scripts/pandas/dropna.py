import numpy as np
import pandas as pd

df = pd.DataFrame({"a": [1, np.nan, 3], "b": [np.nan, np.nan, 6]})
print(df.dropna())
print(df.dropna(subset=["a"]))
print(df.dropna(how="all"))
print(df.dropna(axis=1, thresh=2))
