import pandas as pd
df = pd.DataFrame({"a": range(6), "b": [x * 1.5 for x in range(6)], "c": list("uvwxyz")})
print(df.iloc[[5, 0], 1:])
print(df.iloc[2, 2], df.iloc[-1, 0])
print(df.iloc[:, -1])
print(df.iloc[lambda d: [0, 3]])
