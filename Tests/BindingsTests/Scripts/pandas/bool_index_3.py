import pandas as pd
df = pd.DataFrame({"name": ["Ann", "Bob", "Cy", "Di"], "age": [20, 35, 50, 65], "city": ["X", "Y", "X", "Z"]})
print(df[df.age.between(20, 50)], (df.age > 30).sum(), (df.age > 30).mean(), (df.age > 30).value_counts())
print(df[["name", "age"]][df.age > 30], df.loc[df.age > 30, ["name"]].values.tolist())
print(df[df.age > 100], df.query("age > 100").empty)
print(df[[c for c in df.columns if c != "age"]])
