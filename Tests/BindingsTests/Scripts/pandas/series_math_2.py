import pandas as pd
a = pd.Series([1, 2, 3], index=list("abc"))
b = pd.Series([10, 20, 30], index=list("bcd"))
print(a.mode(), a.dot(a), a.abs().tolist(), a.round(1).tolist())
print(a.idxmin(), a.any(), a.all(), a.empty, a.hasnans, a.name, a.index.tolist(), a.values)
print(a.to_numpy(), a.items, list(a.items())) if False else print(list(a.items()))
print("a" in a, 1 in a.values, a.get("z", 0), a["a"], a[["a", "c"]])
