import pandas as pd
import numpy as np
idx = pd.date_range("2023-01-01", periods=6, freq="MS")
df = pd.DataFrame({"sales": [10, 12, 9, 15, 20, 18]}, index=idx)
df["month"] = df.index.month_name()
df["q"] = df.index.quarter
print(df["sales"].rolling(3).mean(), df["sales"].cumsum().tail(1), df.index.strftime("%b %Y").tolist())
t = pd.to_datetime(["2023-05-01 10:00", "2023-05-02 12:30"])
print(t.hour.tolist(), t.date, (t[1] - t[0]).total_seconds(), t[1] - t[0], t.min(), t.day_name().tolist())
s = pd.Series([1, 2], index=t)
print(s, s.index.inferred_type if False else "", s.to_frame("v").reset_index())
