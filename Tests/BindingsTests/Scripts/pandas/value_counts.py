import pandas as pd

s = pd.Series(["a", "b", "a", None])
print(s.value_counts())
print(s.value_counts(normalize=True))
print(s.value_counts(dropna=False))
