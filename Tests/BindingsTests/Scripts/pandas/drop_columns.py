import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": [3, 4], "c": [5, 6]})
print(df.drop(columns=["a"]))
print(df.drop("b", axis=1))
print(df.drop(0))
