import pandas as pd

print(repr(pd.Series([1, 2]).sum()), repr(pd.Series([1.5]).mean()), repr(pd.Series(["a"])[0]))
print(type(pd.DataFrame()).__name__, type(pd.Series(dtype=float)).__name__)
