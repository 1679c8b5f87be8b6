import pandas as pd

df = pd.DataFrame({"a": range(6)})
print(df[1:3])
print(df[::2])
print(df.head(2))
print(df.tail(2))
