import pandas as pd
a = pd.DataFrame({"x": [1, 2], "y": ["p", "q"]})
b = pd.DataFrame({"x": [3], "z": [0.5]})
print(pd.concat([a, b], keys=["first", "second"]))
print(pd.concat({"A": a, "B": b}))
print(pd.concat([a["x"], b["x"]]))
print(pd.concat([a["x"], a["y"]], axis=1))
