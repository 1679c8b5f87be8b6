import pandas as pd

df = pd.DataFrame({"g": ["a", "b", "a", "b"], "h": [1, 1, 2, 2], "v": [1, 2, 3, 4]})
print(df.groupby(["g", "h"]).sum())
print(df.groupby(["g", "h"])["v"].sum())
print(df.groupby(["g", "h"]).v.sum().unstack())
