import pandas as pd
df = pd.DataFrame({"n": ["bob", "amy", "Zed", "cat"], "s": [3, 1, 3, 2], "t": [1.5, None, 0.5, 2.5]})
print(df.sort_values("s"))
print(df.sort_values(["s", "n"], ascending=[False, True]))
print(df.sort_values("t", na_position="first"))
print(df.sort_values("n", key=lambda c: c.str.lower()))
