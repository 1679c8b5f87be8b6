import pandas as pd

df = pd.DataFrame({"v": [1, 2, 3]})
print(df.groupby(df.v > 1).sum())
print(df.groupby([1, 1, 2]).v.sum())
