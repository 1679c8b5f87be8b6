import pandas as pd
c = pd.Series(["lo", "hi", "mid", "lo"], dtype="category")
o = pd.Categorical(["lo", "hi", "mid"], categories=["lo", "mid", "hi"], ordered=True)
s = pd.Series(o)
print(s > "lo")
print(s.cat.as_ordered().dtype, c.cat.rename_categories({"lo": "LOW"}))
print(c.value_counts())
print(c.cat.add_categories(["x"]).cat.categories.tolist(), c.cat.remove_unused_categories().cat.categories.tolist())
