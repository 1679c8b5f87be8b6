import pandas as pd
df = pd.DataFrame({"i": [1, 2, 3, 4], "f": [1.5, 2.5, None, 4.5], "s": ["a", "b", "a", None], "b": [True, False, True, True], "d": pd.to_datetime(["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-05"])})
print(df.describe())
print(df[["i", "f"]].describe().T)
print(df.describe(include="all"))
print(df.describe(include=["object", "str"]))
