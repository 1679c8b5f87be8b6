import pandas as pd
s = pd.Series([1, 4, 9, 16], name="sq")
df = pd.DataFrame({"a": [1, 2, 4], "b": [3.0, None, 9.0]})
print(df.diff())
print(df.cumsum())
print(df.pct_change())
print(df.cumsum(axis=1))
