import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": [4.0, 5.0, 6.0]}, index=["x", "y", "z"])
print(df.loc["y"])
print(df.loc[["x", "z"], "b"])
print(df.loc["x":"y", ["a"]])
print(df.loc[df.a > 1, "b"])
print(df.loc["z", "a"])
