import pandas as pd
df = pd.DataFrame({"g": ["a", "b", "a"], "x": [1, 2, 3], "y": [4.0, 5.0, 6.0]})
r = df.groupby("g").agg({"x": ["sum", "mean"], "y": "max"})
print(r)
print(r.columns.tolist())
print(r["x"])
print(r[("x", "sum")])
