import pandas as pd
df = pd.DataFrame({"k": ["x", None, "y", "x"], "v": [1, 2, 3, 4], "d": [1.0, 2.0, None, 8.0]})
print(df.groupby(pd.cut(df["v"], [0, 2, 4]), observed=True)["d"].sum())
try:
    df.groupby("zz")
except KeyError as e:
    print("KeyError", e)
