import pandas as pd

print(pd.DataFrame({"a": [1, 2]}).merge(pd.DataFrame({"b": ["x", "y"]}), how="cross"))
