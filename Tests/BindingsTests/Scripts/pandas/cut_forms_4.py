import pandas as pd
ages = pd.Series([5, 17, 18, 35, 64, 90])
c, b = pd.cut(ages, 2, retbins=True)
try:
    pd.cut(ages, [0, 10, 20], labels=["a"])
except ValueError as e:
    print(e)
