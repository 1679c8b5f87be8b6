import pandas as pd
import numpy as np
idx = pd.date_range("2023-01-01", periods=6, freq="MS")
df = pd.DataFrame({"sales": [10, 12, 9, 15, 20, 18]}, index=idx)
print(df)
print(df.loc["2023-03"], df.loc["2023-02":"2023-04"], df["sales"].pct_change().round(3))
df["month"] = df.index.month_name()
df["q"] = df.index.quarter
print(df, df.groupby("q")["sales"].sum(), df.resample("QS")["sales"].sum())
