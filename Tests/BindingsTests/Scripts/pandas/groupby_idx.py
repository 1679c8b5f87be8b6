import pandas as pd

df = pd.DataFrame({"g": list("abab"), "v": [1, 4, 3, 2]})
print(df.loc[df.groupby("g").v.idxmax()])
print(df.groupby("g").head(1))
print(df.groupby("g").get_group("a"))
print(df.groupby("g").ngroups)
