import pandas as pd
df = pd.DataFrame({"k": [3, 1, 2, 1], "v": ["c", "a", "b", "A"]})
print(df.sort_values("k").index.tolist(), df.sort_values("k", kind="mergesort").v.tolist())
print(df.sort_values("v", key=lambda s: s.str.lower()).v.tolist())
print(df.sort_values(["k", "v"], ascending=[True, False]))
print(df.k.sort_values(ignore_index=True), df.set_index("k").sort_index(ascending=False))
