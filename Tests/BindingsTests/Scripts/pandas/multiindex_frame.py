import pandas as pd

df = pd.DataFrame({"v": [1, 2, 3]}, index=pd.MultiIndex.from_product([["a"], [1, 2, 3]]))
print(df)
print(df.reset_index())
