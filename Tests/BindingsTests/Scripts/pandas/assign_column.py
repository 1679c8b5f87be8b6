import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3]})
df["b"] = df["a"] * 2
df["c"] = "k"
df["d"] = [1.5, 2.5, 3.5]
print(df)
