import pandas as pd
df = pd.DataFrame({"age": [22, 35, 58, 41], "city": ["Rome", "Oslo", "Rome", "Bern"], "income per year": [10, 20, 30, 40]})
limit = 40
print(df.query("index > 1"))
print(df.query("not (age > 30)"))
