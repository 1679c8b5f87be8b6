import pandas as pd

a = pd.Series(["x", "y", "x"], name="p")
b = pd.Series([1, 1, 2], name="q")
print(pd.crosstab(a, b))
print(pd.crosstab(a, b, margins=True))
print(pd.crosstab(a, b, normalize="index"))
