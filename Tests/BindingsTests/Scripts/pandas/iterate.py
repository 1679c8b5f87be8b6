import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
for i, row in df.iterrows():
    print(i, row["a"], row["b"])
for t in df.itertuples():
    print(t)
for name, col in df.items():
    print(name, col.tolist())
