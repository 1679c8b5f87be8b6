import pandas as pd
s = pd.Series([1, 4, 9, 16], name="sq")
print(s.shift(), s.shift(-1), s.shift(1, fill_value=0))
print(s.diff(), s.diff(2), s.pct_change())
print(s.cumsum(), s.cumprod(), s.cummax(), s.cummin())
df = pd.DataFrame({"a": [1, 2, 4], "b": [3.0, None, 9.0]})
print(df.shift(1))
