import pandas as pd
df = pd.DataFrame({"a": ["x", "x", "y", "y"], "b": [1, 2, 1, 2], "v": [10, 20, 30, 40]}).set_index(["a", "b"])
print(df.sort_index(ascending=False))
print(df.loc["x", :])
print(df.loc[[("x", 1), ("y", 2)]])
print(df.loc[("x", slice(None)), :])
