import pandas as pd
df = pd.DataFrame({"n": ["bob", "amy", "Zed", "cat"], "s": [3, 1, 3, 2], "t": [1.5, None, 0.5, 2.5]})
print(df["s"].sort_values(ascending=False))
