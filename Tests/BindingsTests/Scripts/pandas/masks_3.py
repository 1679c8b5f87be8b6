import pandas as pd
s = pd.Series([1, -2, 3, None, 5])
df = pd.DataFrame({"a": [1, -1], "b": [-5, 5]})
print((s > 0) & (s < 4))
print(df.abs(), -df, df ** 2, df % 3, df // 2)
