import pandas as pd
a = pd.DataFrame({"id": [1, 2, 3], "yr": [2020, 2020, 2021], "v": [1.0, 2.0, 3.0]})
b = pd.DataFrame({"id": [1, 3, 4], "yr": [2020, 2021, 2021], "v": [9.0, 8.0, 7.0]})
m = a.merge(b, on="id", how="left", indicator="src")
print(m)
print(m["src"].value_counts())
