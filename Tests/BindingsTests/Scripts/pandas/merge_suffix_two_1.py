import pandas as pd
a = pd.DataFrame({"id": [1, 2, 3], "yr": [2020, 2020, 2021], "v": [1.0, 2.0, 3.0]})
b = pd.DataFrame({"id": [1, 3, 4], "yr": [2020, 2021, 2021], "v": [9.0, 8.0, 7.0]})
print(a.merge(b, on=["id", "yr"], suffixes=("_a", "_b")))
print(a.merge(b, on=["id", "yr"], how="outer", suffixes=("_a", "_b")))
print(a.merge(b, on="id", suffixes=("", "_new")))
print(a.set_index("id").join(b.set_index("id"), lsuffix="_l", rsuffix="_r", how="outer"))
