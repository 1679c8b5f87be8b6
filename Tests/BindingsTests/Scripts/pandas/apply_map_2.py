import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6]})
print(df.agg(["sum", "mean"]), df.agg({"a": "sum", "b": ["min", "max"]}))
print(df.agg("mean"), df.agg(["min"], axis=1) if False else "")
print(df.transform(lambda c: c - c.mean()))
print(df.apply(np.sqrt))
