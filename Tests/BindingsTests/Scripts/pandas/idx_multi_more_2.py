import pandas as pd
df = pd.DataFrame({"a": ["x", "x", "y", "y"], "b": [1, 2, 1, 2], "v": [10, 20, 30, 40]}).set_index(["a", "b"])
print(df.groupby("a").sum())
print(df.reset_index(level="b"))
print(df.unstack("a"))
print(df["v"].unstack().loc["x", 2])
