import pandas as pd
df = pd.DataFrame({"g": ["a", "b", "a"], "x": [1, 2, 3], "y": [4.0, 5.0, 6.0]})
r = df.groupby("g").agg({"x": ["sum", "mean"], "y": "max"})
r.columns = ["_".join(c) for c in r.columns]
print(r.reset_index())
r2 = df.groupby("g").agg(["min", "max"])
print(r2.columns.get_level_values(0).tolist())
print(r2.xs("max", axis=1, level=1))
