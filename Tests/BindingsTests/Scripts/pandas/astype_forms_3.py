import pandas as pd
s = pd.Series(["1", "2", "3"])
df = pd.DataFrame({"a": ["1", "2"], "b": [1, 0]}).astype({"a": int, "b": bool})
print(pd.Series([1, None, 3], dtype="Int64"), pd.Series([1, 2], dtype="float32"))
print(df.convert_dtypes().dtypes)
try:
    df.astype({"zz": int})
except KeyError as e:
    print(e)
