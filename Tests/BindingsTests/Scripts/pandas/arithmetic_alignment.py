import pandas as pd

a = pd.Series([1, 2], index=["x", "y"])
b = pd.Series([10, 20], index=["y", "z"])
print(a + b)
print(a.add(b, fill_value=0))
