import pandas as pd
df = pd.DataFrame({"name": ["Ann", "Bob", "Cy", "Di"], "age": [20, 35, 50, 65], "city": ["X", "Y", "X", "Z"]})
print(df[df["name"].str.len() == 3]["age"].mean())
print(df.loc[df.age.idxmax(), "name"], df[df.age == df.age.max()])
print(df[1:3], df[:2], df[-1:], df[::2])
print(df["age"][df["age"] > 30], df.age[1], df.where(df.age > 30))
