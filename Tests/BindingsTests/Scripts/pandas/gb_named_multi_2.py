import pandas as pd
df = pd.DataFrame({"team": ["a", "b", "a", "b", "a"], "pos": ["x", "x", "y", "y", "y"], "pts": [10, 20, 30, 40, 50], "ast": [1.0, 2.0, 3.5, 4.5, None]})
print(df.groupby("team")["pts"].agg(["min", "max", "mean", "std"]))
print(df.groupby("team", as_index=False)["pts"].mean())
print(df.groupby("team").size())
print(df.groupby("team").count())
