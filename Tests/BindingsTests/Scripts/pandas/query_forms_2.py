import pandas as pd
df = pd.DataFrame({"age": [22, 35, 58, 41], "city": ["Rome", "Oslo", "Rome", "Bern"], "income per year": [10, 20, 30, 40]})
limit = 40
print(df.query("city in ['Rome', 'Bern']"))
print(df.query("city not in ['Rome']"))
print(df.query("`income per year` >= 20 | age == 22"))
print(df.query("30 < age < 50"))
