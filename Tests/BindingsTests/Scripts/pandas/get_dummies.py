import pandas as pd

df = pd.DataFrame({"c": ["r", "g", "r"], "n": [1, 2, 3]})
print(pd.get_dummies(df))
print(pd.get_dummies(df.c, dtype=int))
print(pd.get_dummies(df, columns=["c"], drop_first=True))
