import pandas as pd
a = pd.DataFrame({"x": [1, 2], "y": ["p", "q"]})
b = pd.DataFrame({"x": [3], "z": [0.5]})
print(pd.concat([a["x"].rename("one"), b["x"].rename("two")], axis=1))
print(pd.concat([a, a], keys=["u", "v"], names=["src", "row"]))
try:
    pd.concat([])
except ValueError as e:
    print(e)
