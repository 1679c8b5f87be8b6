import pandas as pd

s = pd.Series([1.234, 5.678, -3.0])
print(s.clip(0, 5))
print(s.round(1))
print(s.abs())
