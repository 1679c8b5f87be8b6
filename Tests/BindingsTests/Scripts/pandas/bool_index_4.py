import pandas as pd
df = pd.DataFrame({"name": ["Ann", "Bob", "Cy", "Di"], "age": [20, 35, 50, 65], "city": ["X", "Y", "X", "Z"]})
print(df.sort_values("age").iloc[0]["name"], df.age.where(df.age > 30, 0).tolist())
