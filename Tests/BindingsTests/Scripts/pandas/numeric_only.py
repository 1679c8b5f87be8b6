import pandas as pd

df = pd.DataFrame({"a": [1, 2], "t": ["x", "y"]})
print(df.mean(numeric_only=True))
