import pandas as pd
ages = pd.Series([5, 17, 18, 35, 64, 90])
print(pd.cut(ages, [0, 18, 65], right=False))
print(pd.cut(ages, [0, 18, 65, 100], include_lowest=True).value_counts().sort_index())
print(pd.qcut(ages, 3))
print(pd.qcut(ages, [0, 0.5, 1], labels=["lo", "hi"]))
