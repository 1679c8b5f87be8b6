import pandas as pd
df = pd.DataFrame({"g": ["a", "a", "b", "b"], "v": [1, 2, 3, 4], "w": [1, 1, 2, 3]})
print(df.groupby("g").apply(lambda d: (d.v * d.w).sum() / d.w.sum()))
print(df.groupby("g").apply(lambda d: pd.Series({"lo": d.v.min(), "hi": d.v.max()})))
print(df.groupby("g").apply(lambda d: d.nlargest(1, "v")))
print(df.groupby("g")["v"].apply(list))
