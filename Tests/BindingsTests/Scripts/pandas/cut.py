import pandas as pd

s = pd.Series([1, 5, 9, 3])
print(pd.cut(s, 3))
print(pd.cut(s, [0, 4, 10], labels=["low", "high"]))
print(pd.cut(s, [0, 4, 10]).value_counts())
