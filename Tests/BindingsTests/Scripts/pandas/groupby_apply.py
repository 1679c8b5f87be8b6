import pandas as pd

df = pd.DataFrame({"g": ["a", "b", "a"], "v": [1, 2, 3]})
print(df.groupby("g").v.apply(lambda x: x.max() - x.min()))
