import pandas as pd
df = pd.DataFrame({"name": ["Ann", "Bob", "Cy", "Di"], "age": [20, 35, 50, 65], "city": ["X", "Y", "X", "Z"]})
print(df[df.age > 30])
print(df[(df.age > 30) & (df.city != "Z")])
print(df[df.city.isin(["X", "Z"]) | (df.age < 25)])
print(df[~df.name.str.startswith("A")])
