import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 4, 6, 9]})
print(df.corr())
print(df.a.corr(df.b))
print(df.cov())
