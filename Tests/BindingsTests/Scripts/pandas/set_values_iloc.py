import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": [1.0, 2.0, 3.0]})
df.iloc[0, 1] = 9.0
df.iloc[2] = [7, 8]
df.at[1, "a"] = 5
print(df)
