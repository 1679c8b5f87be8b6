import pandas as pd

df = pd.DataFrame({"a": [1.0, 2, 3], "b": [10.0, 20, 40]})
print((df - df.mean()) / df.std())
print((df - df.min()) / (df.max() - df.min()))
