import pandas as pd

df = pd.DataFrame({"a": [1, 2]})
df.insert(0, "z", [9, 8])
print(df)
print(df.pop("a"))
del df["z"]
print(df)
