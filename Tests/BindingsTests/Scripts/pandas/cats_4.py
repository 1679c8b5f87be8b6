import pandas as pd
c = pd.Series(["lo", "hi", "mid", "lo"], dtype="category")
o = pd.Categorical(["lo", "hi", "mid"], categories=["lo", "mid", "hi"], ordered=True)
s = pd.Series(o)
print(c.describe())
print(c == "lo")
try:
    c.iloc[0] = "nope"
except TypeError as e:
    print(e)
print(o)
