import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3, 4], "b": [5.5, 6.5, 7.5, 8.5], "c": list("wxyz")}, index=list("pqrs"))
print(df.loc["p", "b"])
print(df.loc[df["a"] > 2, "c"])
print(df.loc[lambda d: d["b"] < 7])
print(df.loc[:, ["b"]])
