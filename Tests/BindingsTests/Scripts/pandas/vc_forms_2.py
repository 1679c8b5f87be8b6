import pandas as pd
s = pd.Series(["a", "b", "a", "c", "a", None])
print(s.value_counts(sort=False))
n = pd.Series([1, 5, 2, 8, 9, 3])
print(n.value_counts(bins=3))
print(n.value_counts(bins=3, sort=False))
