import pandas as pd

a = pd.DataFrame({"v": [1, 2]})
print(a.join(a, lsuffix="_l", rsuffix="_r"))
