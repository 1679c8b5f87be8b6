import pandas as pd
df = pd.DataFrame({"c": ["r", "g", "r", None], "n": [1, 2, 3, 4], "k": ["u", "v", "v", "u"]})
print(pd.get_dummies(df["c"]))
print(pd.get_dummies(df))
print(pd.get_dummies(df, columns=["c"], drop_first=True))
print(pd.get_dummies(df, columns=["k"], dtype=int, prefix="is"))
