import pandas as pd

print(pd.DataFrame({"a": [3, 1, 2], "b": [1, 1, 2]}).rank())
