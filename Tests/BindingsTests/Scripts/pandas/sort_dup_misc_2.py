import pandas as pd
df = pd.DataFrame({"k": [3, 1, 2, 1], "v": ["c", "a", "b", "A"]})
print(df.duplicated("k").tolist(), df.drop_duplicates("k", keep=False), df.k.duplicated(keep="last").tolist())
print(df.k.value_counts().sort_index(), df.k.value_counts().index.tolist(), df.groupby("k").v.apply("".join))
print(df.nlargest(1, "k"), df.k.nsmallest(2).tolist(), df.k.argsort().tolist(), df.k.rank(method="dense").tolist())
