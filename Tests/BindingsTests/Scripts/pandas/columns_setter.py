import pandas as pd

df = pd.DataFrame([[1, 2]])
df.columns = ["a", "b"]
df.index = ["r"]
print(df)
