import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3]})
sub = df[df["a"] > 1]
sub["b"] = 5
print(sub, df)
v = df["a"]
v.iloc[0] = 100
print(df, v)
