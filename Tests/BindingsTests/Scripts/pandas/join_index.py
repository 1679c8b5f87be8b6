import pandas as pd

a = pd.DataFrame({"x": [1, 2]}, index=["p", "q"])
b = pd.DataFrame({"y": [3, 4]}, index=["q", "r"])
print(a.join(b))
print(a.join(b, how="outer"))
