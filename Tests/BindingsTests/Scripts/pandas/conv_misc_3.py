import pandas as pd
import numpy as np
df = pd.DataFrame({"x": [3, 1, 2], "y": ["b", "a", "c"]})
print(df.agg({"x": ["min", "max"]}), df["x"].agg("sum"), df["x"].agg(["sum", "mean"]))
print(df.x.map(lambda v: v * 2).sum(), df.x.apply(np.sqrt).round(3).tolist())
print(pd.Series([1, 2, 3]).rolling(2).sum().tolist(), pd.Series([3, 1]).sort_values().index.tolist())
print(df.x.between(1, 2).tolist(), df.x.isin([1]).any(), df.x.eq(1).idxmax(), df.x.ne(1).all())
