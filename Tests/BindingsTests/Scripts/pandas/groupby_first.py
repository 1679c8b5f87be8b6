import numpy as np
import pandas as pd

df = pd.DataFrame({"g": ["a", "b", "a"], "v": [np.nan, 2, 3]})
print(df.groupby("g").first())
print(df.groupby("g").v.nunique())
print(df.groupby("g").v.median())
print(df.groupby("g").v.std())
