import pandas as pd

t = pd.Timestamp("2024-03-05 14:30")
print(t, t.year, t.month, t.day, t.hour, t.dayofweek)
print(repr(t), t + pd.Timedelta(days=1), t.day_name())
print(pd.Timestamp("2024-03-10") - pd.Timestamp("2024-03-01"))
