import pandas as pd
s = pd.Series(["1", "2", "3"])
print(s.astype(int), s.astype(float), s.astype("int32").dtype, s.astype("category"))
try:
    pd.Series(["1", "x"]).astype(int)
except ValueError as e:
    print(type(e).__name__, e)
try:
    pd.Series([1.5, None]).astype(int)
except Exception as e:
    print(type(e).__name__, e)
try:
    pd.Series(["a"]).astype(float)
except ValueError as e:
    print(e)
