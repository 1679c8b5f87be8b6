import pandas as pd
df = pd.DataFrame({"id": [1, 2, 3], "tags": [["a", "b"], [], ["c"]]})
d = pd.DataFrame({"x": [1, 1, 2, 1], "y": ["a", "a", "b", "c"]})
print(d.drop_duplicates())
print(d.drop_duplicates(subset="x", keep="last"))
print(d.drop_duplicates(subset=["x"], ignore_index=True))
print(d["x"].drop_duplicates(), d["x"].unique(), d["y"].unique(), d["x"].nunique(), d.nunique())
