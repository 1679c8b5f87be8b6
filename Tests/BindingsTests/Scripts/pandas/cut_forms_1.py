import pandas as pd
ages = pd.Series([5, 17, 18, 35, 64, 90])
print(pd.cut(ages, [0, 18, 65, 100]))
print(pd.cut(ages, [0, 18, 65, 100], labels=["child", "adult", "senior"]))
print(pd.cut(ages, bins=3))
print(pd.cut(ages, bins=3, labels=False))
