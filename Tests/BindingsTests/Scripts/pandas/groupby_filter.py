import pandas as pd

df = pd.DataFrame({"g": ["a", "b", "a"], "v": [1, 2, 3]})
print(df.groupby("g").filter(lambda d: len(d) > 1))
