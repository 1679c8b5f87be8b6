import pandas as pd
df = pd.DataFrame({"n": list("abcdef"), "v": [3, 9, 1, 9, 5, 2], "w": [1.0, 2.0, 3.0, 1.0, 5.0, 6.0]})
for m in ["average", "min", "max", "first", "dense"]:
    print(m, df["v"].rank(method=m).tolist())
print(df["v"].rank(pct=True))
print(df["v"].rank(ascending=False))
print(df[["v", "w"]].rank())
