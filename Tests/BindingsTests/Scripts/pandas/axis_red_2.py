import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3], "b": [1.5, 2.5, None], "c": ["x", "y", "z"], "d": [True, False, True]})
try:
    df.mean()
except TypeError as e:
    print("TypeError", e)
print(df[["a", "b"]].agg(["mean", "std"]).round(2), df["d"].mean(), df["d"].sum())
print(df.any(), df.all(), df[["a", "d"]].sum(axis="columns"))
