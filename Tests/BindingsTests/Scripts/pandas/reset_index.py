import pandas as pd

df = pd.DataFrame({"a": [1, 2]}, index=["x", "y"])
print(df.reset_index())
print(df.reset_index(drop=True))
