import pandas as pd

s = pd.Series(["a", "b", "a"], dtype="category")
print(s)
print(s.cat.codes.tolist(), s.cat.categories)
print(s.value_counts())
