import pandas as pd

s = pd.Series([1, 2, 3], index=["a", "b", "c"], name="n")
print(s)
print(s["b"], s.loc["c"], s.iloc[0])
print(s.index, s.values, s.name)
