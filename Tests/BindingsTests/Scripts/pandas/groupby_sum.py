import pandas as pd

df = pd.DataFrame({"g": ["a", "b", "a"], "v": [1, 2, 3], "w": [0.5, 1.5, 2.5]})
print(df.groupby("g").sum())
print(df.groupby("g")["v"].mean())
print(df.groupby("g").size())
print(df.groupby("g").count())
