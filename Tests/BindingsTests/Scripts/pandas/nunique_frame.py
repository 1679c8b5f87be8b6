import pandas as pd

df = pd.DataFrame({"a": [1, 1, 2], "b": ["x", None, "x"]})
print(df.nunique())
print(df.mode())
