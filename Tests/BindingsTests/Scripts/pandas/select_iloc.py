import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": [4.0, 5.0, 6.0]}, index=["x", "y", "z"])
print(df.iloc[0])
print(df.iloc[1:, 0])
print(df.iloc[[0, 2]])
print(df.iloc[-1, -1], df.at["x", "a"], df.iat[1, 1])
