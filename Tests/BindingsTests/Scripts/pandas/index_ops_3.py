import pandas as pd
i = pd.Index([3, 1, 2], name="k")
df = pd.DataFrame({"a": [1, 2, 3]}, index=pd.Index(["x", "y", "z"], name="id"))
df.index.name = "nid"
df.columns.name = "cols"
print(df)
print(df.index.isin(["x"]), "x" in df.index, df.index.get_loc("y"), df.index.is_unique, df.index.duplicated())
print(df.set_index("a", append=True), df.reset_index(), df.reset_index(drop=True), df.reset_index(names="who"))
print(df.set_axis(["p", "q", "r"]), df.set_axis(["A"], axis=1))
