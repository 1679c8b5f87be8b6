import pandas as pd
import numpy as np
idx = pd.date_range("2023-01-01", periods=6, freq="MS")
df = pd.DataFrame({"sales": [10, 12, 9, 15, 20, 18]}, index=idx)
df["month"] = df.index.month_name()
df["q"] = df.index.quarter
t = pd.to_datetime(["2023-05-01 10:00", "2023-05-02 12:30"])
s = pd.Series([1, 2], index=t)
print(pd.Timestamp("2023-05-01") + pd.DateOffset(days=3), pd.Timestamp("2023-01-31") + pd.offsets.MonthEnd(1), pd.Timedelta(days=2, hours=3))
print(pd.date_range("2023-01-01", "2023-01-10", freq="W-MON"), pd.date_range("2023-01-01", periods=3, freq="h"), pd.date_range(end="2023-01-05", periods=2))
d = pd.DataFrame({"d": ["2023-01-05", "2023-01-01"], "v": [1, 2]})
d["d"] = pd.to_datetime(d["d"])
print(d.sort_values("d"), d.dtypes, d["d"].max() - d["d"].min(), d.set_index("d").sort_index(), d["d"].dt.strftime("%Y/%m").tolist(), d[d["d"] > "2023-01-02"], (d["d"] - pd.Timestamp("2023-01-01")).dt.days.tolist())
