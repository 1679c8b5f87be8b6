import pandas as pd

s = pd.Series(["a", "b", "c"])
print(s.replace("a", "z"))
print(s.replace({"b": "y", "c": "x"}))
print(pd.DataFrame({"v": [1, 2]}).replace(1, 100))
