import pandas as pd
a = pd.DataFrame({"x": [1, 2], "y": ["p", "q"]})
b = pd.DataFrame({"x": [3], "z": [0.5]})
print(pd.concat([a, b]))
print(pd.concat([a, b], ignore_index=True))
print(pd.concat([a, b], join="inner"))
print(pd.concat([a, b], axis=1))
