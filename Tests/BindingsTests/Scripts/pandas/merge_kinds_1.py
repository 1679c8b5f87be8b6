import pandas as pd
l = pd.DataFrame({"key": ["a", "b", "c", "b"], "x": [1, 2, 3, 4]})
r = pd.DataFrame({"key": ["b", "c", "d"], "y": [10.5, 20.5, 30.5]})
for how in ["inner", "left", "right", "outer"]:
    print(how)
    print(pd.merge(l, r, on="key", how=how))
print(pd.merge(l, r, on="key", how="outer", indicator=True))
print(pd.merge(l, r.rename(columns={"key": "id"}), left_on="key", right_on="id"))
print(pd.merge(l, r, how="cross").shape)
