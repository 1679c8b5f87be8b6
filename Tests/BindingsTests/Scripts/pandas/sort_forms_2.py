import pandas as pd
df = pd.DataFrame({"n": ["bob", "amy", "Zed", "cat"], "s": [3, 1, 3, 2], "t": [1.5, None, 0.5, 2.5]})
print(df.sort_values("s", ignore_index=True, ascending=False, kind="stable"))
print(df.set_index("n").sort_index())
print(df.sort_index(axis=1, ascending=False))
print(df.sort_values(by="s").reset_index(drop=True))
