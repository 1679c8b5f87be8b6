import pandas as pd

print(pd.Index([1, 2, 3]))
print(pd.Index(["a", "b"], name="n"))
print(pd.Index([1.5, 2.5]))
print(pd.RangeIndex(3))
print(pd.Index(["a", "b"]).isin(["a"]))
