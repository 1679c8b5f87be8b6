import pandas as pd
s = pd.Series(["a", "b", "a", "c", "a", None])
print(s.value_counts())
print(s.value_counts(normalize=True))
print(s.value_counts(dropna=False))
print(s.value_counts(ascending=True))
