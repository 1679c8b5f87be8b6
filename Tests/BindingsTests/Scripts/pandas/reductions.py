import numpy as np
import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": [4.5, 5.5, np.nan]})
print(df.sum())
print(df.mean())
print(df.max(axis=1))
print(df.a.sum(), df.b.mean(), df.b.std(), df.a.var(), df.a.median())
print(df.min(), df.count())
