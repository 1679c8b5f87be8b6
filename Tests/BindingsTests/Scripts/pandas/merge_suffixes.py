import pandas as pd

a = pd.DataFrame({"k": [1, 2], "v": [1, 2]})
b = pd.DataFrame({"k": [1, 2], "v": [3, 4]})
print(a.merge(b, on="k"))
print(a.merge(b, on="k", suffixes=("_l", "_r")))
