import pandas as pd
i = pd.Index([3, 1, 2], name="k")
df = pd.DataFrame({"a": [1, 2, 3]}, index=pd.Index(["x", "y", "z"], name="id"))
print(df.reindex(["z", "x", "w"]), df.reindex(columns=["a", "b"]), df.reindex(["w"], fill_value=0))
print(df.rename(index={"x": "X"}), df.rename(columns=str.upper), df.rename_axis("new"), df.add_prefix("p_"), df.add_suffix("_s"))
df.index.name = "nid"
print(df)
