import pandas as pd
s = pd.Series([1, -2, 3, None, 5])
df = pd.DataFrame({"a": [1, -1], "b": [-5, 5]})
print(df[df > 0])
print((df > 0).any(), (df > 0).all(axis=1))
print(df.isin([1, 5]), df.isin({"a": [1]}))
print(~(s > 1))
