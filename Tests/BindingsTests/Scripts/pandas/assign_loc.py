import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": [0.0, 0.0, 0.0]})
df.loc[df.a > 1, "b"] = 9.5
df.loc[0, "a"] = 100
print(df)
df.loc[3] = [7, 8.0]
print(df)
