import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}, index=["r", "s"])
print(list(df), len(df), [c for c in df.columns], "a" in df)
print({k: v for k, v in df["a"].items()}, list(zip(df["a"], df["b"])))
for i, v in enumerate(df["a"]):
    print(i, v)
a, b = df.shape
print(a, b)
