import pandas as pd

a = pd.DataFrame({"k": [1, 2, 3], "x": ["a", "b", "c"]})
b = pd.DataFrame({"k": [2, 3, 4], "y": [0.2, 0.3, 0.4]})
print(a.merge(b, on="k"))
print(pd.merge(a, b, how="left"))
print(pd.merge(a, b, how="outer", indicator=True))
