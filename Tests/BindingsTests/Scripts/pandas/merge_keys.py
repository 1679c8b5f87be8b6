import pandas as pd

a = pd.DataFrame({"l": [1, 2], "v": [1, 2]})
b = pd.DataFrame({"r": [2, 1], "w": [3, 4]})
print(a.merge(b, left_on="l", right_on="r"))
