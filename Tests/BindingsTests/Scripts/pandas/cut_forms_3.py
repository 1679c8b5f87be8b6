import pandas as pd
ages = pd.Series([5, 17, 18, 35, 64, 90])
c, b = pd.cut(ages, 2, retbins=True)
print(b)
print(pd.cut([1, 5, 9], 2))
print(pd.cut(ages, [0, 18, 65, 100], labels=["child", "adult", "senior"]).dtype)
print(pd.qcut(ages, 4, labels=False).tolist())
