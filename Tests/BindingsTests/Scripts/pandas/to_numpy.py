import pandas as pd

print(pd.DataFrame({"a": [1, 2], "b": [3, 4]}).to_numpy())
print(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}).values)
