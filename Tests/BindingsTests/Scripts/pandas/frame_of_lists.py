import pandas as pd

print(pd.DataFrame([[1, 2], [3, 4]], columns=["x", "y"], index=["r", "s"]))
