import pandas as pd

s = pd.Series([1, 2, 3], index=[-1, 0, 1])
print(s)
print(pd.DataFrame({"v": [0.5, -1.5]}, index=[10, 200]))
