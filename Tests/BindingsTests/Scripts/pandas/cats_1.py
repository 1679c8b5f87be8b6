import pandas as pd
c = pd.Series(["lo", "hi", "mid", "lo"], dtype="category")
print(c)
print(c.cat.categories, c.cat.codes.tolist())
o = pd.Categorical(["lo", "hi", "mid"], categories=["lo", "mid", "hi"], ordered=True)
s = pd.Series(o)
print(s, s.sort_values(), s.min(), s.max())
