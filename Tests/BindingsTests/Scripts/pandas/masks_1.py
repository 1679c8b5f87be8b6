import pandas as pd
s = pd.Series([1, -2, 3, None, 5])
print(s.isin([1, 3]), s.between(0, 4), s.between(1, 5, inclusive="neither"))
print(s.where(s > 0), s.where(s > 0, 0), s.mask(s < 0, 99))
print(s.clip(0, 3), s.clip(lower=0), s.clip(upper=2))
df = pd.DataFrame({"a": [1, -1], "b": [-5, 5]})
print(df.where(df > 0), df.mask(df < 0, 0), df.clip(-1, 1))
