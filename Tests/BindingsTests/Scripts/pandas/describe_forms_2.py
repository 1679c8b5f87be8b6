import pandas as pd
df = pd.DataFrame({"i": [1, 2, 3, 4], "f": [1.5, 2.5, None, 4.5], "s": ["a", "b", "a", None], "b": [True, False, True, True], "d": pd.to_datetime(["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-05"])})
print(df["s"].describe())
print(df["b"].describe())
print(df["f"].describe())
print(df["d"].describe())
