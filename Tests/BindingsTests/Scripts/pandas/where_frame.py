import pandas as pd

df = pd.DataFrame({"a": [1, -1], "b": [-2, 2]})
print(df.where(df > 0, 0))
print(df.clip(lower=0))
print(df.abs().max().max())
