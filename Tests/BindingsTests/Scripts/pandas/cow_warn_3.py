import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3]})
sub = df[df["a"] > 1]
sub["b"] = 5
v = df["a"]
v.iloc[0] = 100
c = df.copy()
c.loc[0, "a"] = -1
d = df
d["z"] = 0
df["a"].replace(1, 9)
print(df["a"].tolist())
