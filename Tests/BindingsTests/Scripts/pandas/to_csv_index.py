import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": ["x,y", 'q"r']}, index=["p", "q"])
print(df.to_csv())
print(df.to_csv(sep=";", header=False))
