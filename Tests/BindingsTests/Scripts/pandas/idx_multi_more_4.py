import pandas as pd
df = pd.DataFrame({"a": ["x", "x", "y", "y"], "b": [1, 2, 1, 2], "v": [10, 20, 30, 40]}).set_index(["a", "b"])
print(df.reorder_levels(["b", "a"]).head(2))
print(len(df), df.index.is_unique, ("x", 1) in df.index)
