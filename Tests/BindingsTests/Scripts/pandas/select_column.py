import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6]})
print(df["a"])
print(df.b)
print(df[["b", "a"]])
