import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": [4.0, 5.0, 6.0]})
print(df.agg(["sum", "mean"]))
print(df.agg({"a": "sum", "b": "max"}))
