import pandas as pd

print(pd.DataFrame({"a": [1, 1, 2], "b": ["x", "x", "y"]}).value_counts())
