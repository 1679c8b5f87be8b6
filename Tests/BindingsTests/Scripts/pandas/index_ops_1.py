import pandas as pd
i = pd.Index([3, 1, 2], name="k")
print(i, i.sort_values(), i.tolist(), i.max(), i.dtype, i.name)
print(pd.Index(["a", "b"]).union(["c"]), pd.Index(["a", "b"]).intersection(["b"]), pd.Index(["a", "b"]).difference(["b"]))
print(pd.RangeIndex(5), pd.Index([1.5, 2.5]), pd.Index([True, False]))
df = pd.DataFrame({"a": [1, 2, 3]}, index=pd.Index(["x", "y", "z"], name="id"))
print(df.index, df.columns, df.keys())
