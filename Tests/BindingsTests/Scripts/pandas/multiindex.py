import pandas as pd

mi = pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["k", "n"])
s = pd.Series([1, 2, 3], index=mi)
print(s)
print(s.loc["a"])
print(s["b", 1])
print(s.unstack())
