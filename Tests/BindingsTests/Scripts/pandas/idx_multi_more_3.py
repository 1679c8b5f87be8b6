import pandas as pd
df = pd.DataFrame({"a": ["x", "x", "y", "y"], "b": [1, 2, 1, 2], "v": [10, 20, 30, 40]}).set_index(["a", "b"])
print(df.index.get_level_values(0).unique().tolist())
print(df.swaplevel("a", "b").sort_index())
print(df.xs("y"))
print(df.rename_axis(index=["A", "B"]))
