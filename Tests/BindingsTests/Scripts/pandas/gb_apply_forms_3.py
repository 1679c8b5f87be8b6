import pandas as pd
df = pd.DataFrame({"g": ["a", "a", "b", "b"], "v": [1, 2, 3, 4], "w": [1, 1, 2, 3]})
print(df.groupby("g").ngroups, len(df.groupby("g")))
print(df.groupby("g").filter(lambda d: d.v.sum() > 4))
