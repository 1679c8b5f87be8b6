import numpy as np
import pandas as pd

df = pd.DataFrame({"a": [2, 1, np.nan]})
df.dropna(inplace=True)
df.sort_values("a", inplace=True)
df.rename(columns={"a": "b"}, inplace=True)
print(df)
