import pandas as pd

a = pd.DataFrame({"x": [1, 2]})
b = pd.DataFrame({"x": [3], "y": ["k"]})
print(pd.concat([a, b]))
print(pd.concat([a, b], ignore_index=True))
