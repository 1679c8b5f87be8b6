import pandas as pd

df = pd.DataFrame({"a": [1], "b": [1.5], "c": ["x"], "d": [True]})
print(df.select_dtypes("number"))
print(df.select_dtypes(exclude="number"))
