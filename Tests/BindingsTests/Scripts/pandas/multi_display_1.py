import pandas as pd
idx = pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["l", "n"])
df = pd.DataFrame({"v": [1, 2, 3], "w": [1.5, 2.5, 3.5]}, index=idx)
print(df)
print(df.loc["a"])
print(df.loc[("a", 2)])
print(df.loc[("a", 2), "v"])
