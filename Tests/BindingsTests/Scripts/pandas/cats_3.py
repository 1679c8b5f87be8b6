import pandas as pd
c = pd.Series(["lo", "hi", "mid", "lo"], dtype="category")
o = pd.Categorical(["lo", "hi", "mid"], categories=["lo", "mid", "hi"], ordered=True)
s = pd.Series(o)
print(c.cat.reorder_categories(["lo", "mid", "hi"], ordered=True))
print(c.astype(str).tolist(), c.unique())
print(pd.DataFrame({"c": c, "v": [1, 2, 3, 4]}).groupby("c", observed=True)["v"].sum())
print(pd.DataFrame({"c": c, "v": [1, 2, 3, 4]}).groupby("c", observed=False)["v"].sum())
