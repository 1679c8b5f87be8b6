import pandas as pd

df = pd.DataFrame({"g": list("abab"), "v": [1, 2, 3, 4]})
print(df.groupby("g").v.cumsum())
print(df.groupby("g").cumcount())
print(df.groupby("g").v.shift())
print(df.groupby("g").v.rank())
