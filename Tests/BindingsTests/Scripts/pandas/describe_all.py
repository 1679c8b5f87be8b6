import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "t": ["x", "y", "x"]})
print(df.describe(include="all"))
print(df.describe(include="object"))
