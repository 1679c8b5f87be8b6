import pandas as pd
idx = pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["l", "n"])
df = pd.DataFrame({"v": [1, 2, 3], "w": [1.5, 2.5, 3.5]}, index=idx)
cols = pd.MultiIndex.from_product([["A", "B"], ["c", "d"]])
m = pd.DataFrame([[1, 2, 3, 4], [5, 6, 7, 8]], columns=cols)
print(m["A"])
print(m[("B", "d")])
m.columns = ["_".join(c) for c in m.columns]
print(m)
