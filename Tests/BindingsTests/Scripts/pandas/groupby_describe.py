import pandas as pd

df = pd.DataFrame({"g": list("abab"), "v": [1, 2, 3, 4]})
print(df.groupby("g").v.describe())
