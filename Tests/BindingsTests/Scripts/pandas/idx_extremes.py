import pandas as pd

s = pd.Series([3, 1, 2], index=["x", "y", "z"])
print(s.idxmax(), s.idxmin())
print(s.nlargest(2))
print(pd.DataFrame({"a": [3, 1, 2]}).nsmallest(2, "a"))
