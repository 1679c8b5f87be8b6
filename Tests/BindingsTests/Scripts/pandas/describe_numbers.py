import numpy as np
import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3, 4], "b": [0.5, 1.5, np.nan, 2.5]})
print(df.describe())
print(df.a.describe())
