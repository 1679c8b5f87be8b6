import pandas as pd

df = pd.DataFrame({"g": ["a", "b", "a"], "v": [1.0, 2.0, 3.0]})
print(df.groupby("g").v.transform("mean"))
print(df.groupby("g").v.transform(lambda x: x - x.mean()))
