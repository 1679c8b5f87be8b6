import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}, index=["r", "s"])
for i, row in df.iterrows():
    print(i, row["a"], row.b, type(row).__name__)
for t in df.itertuples():
    print(t, t.Index, t.a)
for name, col in df.items():
    print(name, col.tolist())
for c in df:
    print(c)
