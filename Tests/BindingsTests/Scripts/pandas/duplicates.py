import pandas as pd

df = pd.DataFrame({"a": [1, 1, 2], "b": ["x", "x", "y"]})
print(df.duplicated())
print(df.drop_duplicates())
print(df.drop_duplicates("a", keep="last"))
