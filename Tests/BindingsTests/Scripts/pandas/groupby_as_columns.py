import pandas as pd

df = pd.DataFrame({"g": ["a", "b", "a"], "v": [1, 2, 3]})
print(df.groupby("g", as_index=False).sum())
print(df.groupby("g").v.sum().reset_index())
