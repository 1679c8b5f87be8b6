import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
print(df.rename(columns={"a": "A"}))
print(df.rename(str.upper, axis=1))
