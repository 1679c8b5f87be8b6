import pandas as pd
s = pd.Series(["1", "2", "3"])
print(pd.Series([1.7, -1.7]).astype(int), pd.Series([0, 1, 2]).astype(bool), pd.Series([1, 2]).astype(str))
print(pd.to_numeric(pd.Series(["1", "2.5", "x"]), errors="coerce"))
try:
    pd.to_numeric(pd.Series(["1", "x"]))
except ValueError as e:
    print(e)
df = pd.DataFrame({"a": ["1", "2"], "b": [1, 0]}).astype({"a": int, "b": bool})
print(df.dtypes)
