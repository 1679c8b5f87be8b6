import pandas as pd
print(pd.DataFrame({"a": [0.00001, 123.4], "b": [1e6, 1e7], "c": [1.5, 1000000.25], "d": [3.14159265358979, 2.0]}))
print(pd.DataFrame({"a": [1e15, 1e16]}))
print(pd.Series([0.1 + 0.2, 1 / 3]))
print(pd.Series([100000.0, 999999.5]))
