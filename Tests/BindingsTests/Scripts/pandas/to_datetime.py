import pandas as pd

s = pd.to_datetime(pd.Series(["2024-01-15", "2024-02-20"]))
print(s)
print(s.dt.year.tolist(), s.dt.month.tolist(), s.dt.day_name().tolist())
print(s.dt.strftime("%d/%m/%Y"))
print(s.diff())
