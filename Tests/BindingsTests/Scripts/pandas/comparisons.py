import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": [3, 1]})
print(df > 1)
print(df.a == df.b)
print((df.a < df.b).sum())
