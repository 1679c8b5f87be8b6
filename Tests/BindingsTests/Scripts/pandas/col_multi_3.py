import pandas as pd
df = pd.DataFrame({"g": ["a", "b", "a"], "x": [1, 2, 3], "y": [4.0, 5.0, 6.0]})
r = df.groupby("g").agg({"x": ["sum", "mean"], "y": "max"})
r.columns = ["_".join(c) for c in r.columns]
r2 = df.groupby("g").agg(["min", "max"])
print(r2.droplevel(0, axis=1))
print(r2.stack(future_stack=True))
