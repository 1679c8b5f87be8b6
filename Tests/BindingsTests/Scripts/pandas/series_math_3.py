import pandas as pd
a = pd.Series([1, 2, 3], index=list("abc"))
b = pd.Series([10, 20, 30], index=list("bcd"))
print(a.append if False else a.drop("a"), a.rename("nm"), a.rename({"a": "A"}))
print(a.reindex(["c", "a", "z"]), a.reindex(["c", "z"], fill_value=0))
print(a.apply(lambda v: v + 0.5), a.map({1: "one"}), a.pipe(lambda s: s * 3))
print(a.sort_values(ascending=False), a.sort_index(ascending=False), a.head(2), a.tail(1))
