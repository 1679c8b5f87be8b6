import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
print(df * 2 + 1)
print(df / df.sum())
print(df - df.mean())
print(df.a // 2, df.a % 2, 2 ** df.a)
