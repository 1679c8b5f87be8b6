import pandas as pd
df = pd.DataFrame({"team": ["a", "b", "a", "b", "a"], "pos": ["x", "x", "y", "y", "y"], "pts": [10, 20, 30, 40, 50], "ast": [1.0, 2.0, 3.5, 4.5, None]})
print(df.groupby("team").agg(total=("pts", "sum"), mean_ast=("ast", "mean"), n=("pts", "size")))
print(df.groupby(["team", "pos"]).agg({"pts": ["sum", "max"], "ast": "mean"}))
print(df.groupby(["team", "pos"])["pts"].sum())
print(df.groupby(["team", "pos"])["pts"].sum().unstack())
