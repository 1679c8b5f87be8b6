import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "x"], "c": [1.5, np.nan, -999.0]})
print(df.replace([1, 2], [7, 8]))
print(df.replace(-999.0, np.nan))
print(df["b"].replace("x", "z"), df["b"].map({"x": 1, "y": 2}), df["b"].map({"x": 1}))
print(df["b"].replace(r"^x$", "R", regex=True))
