import pandas as pd
df = pd.DataFrame({"id": [1, 2, 3], "tags": [["a", "b"], [], ["c"]]})
print(df.explode("tags"))
print(df.explode("tags", ignore_index=True))
print(df["tags"].explode())
d = pd.DataFrame({"x": [1, 1, 2, 1], "y": ["a", "a", "b", "c"]})
print(d.duplicated(), d.duplicated("x"), d.duplicated(keep="last"), d.duplicated(keep=False))
