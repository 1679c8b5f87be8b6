import pandas as pd

a = pd.DataFrame({"x": [1, 2]})
b = pd.Series([5, 6], name="s")
print(pd.concat([a, b], axis=1))
