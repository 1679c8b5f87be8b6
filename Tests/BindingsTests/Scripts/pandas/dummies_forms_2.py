import pandas as pd
df = pd.DataFrame({"c": ["r", "g", "r", None], "n": [1, 2, 3, 4], "k": ["u", "v", "v", "u"]})
print(pd.get_dummies(df["c"], dummy_na=True, dtype=int))
print(pd.get_dummies(df, prefix={"c": "C", "k": "K"}, prefix_sep="-").columns.tolist())
print(df["k"].str.get_dummies())
print(pd.Series(["a|b", "b", "c|a"]).str.get_dummies("|"))
