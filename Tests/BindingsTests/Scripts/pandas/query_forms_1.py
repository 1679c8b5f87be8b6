import pandas as pd
df = pd.DataFrame({"age": [22, 35, 58, 41], "city": ["Rome", "Oslo", "Rome", "Bern"], "income per year": [10, 20, 30, 40]})
print(df.query("age > 30"))
print(df.query("age > 30 and city == 'Rome'"))
limit = 40
print(df.query("age < @limit"))
