import pandas as pd

df = pd.DataFrame({"t": pd.date_range("2024-01-01", periods=3), "v": [1.0, 3.0, 6.0]})
df["change"] = df.v.diff()
df["growth"] = df.v.pct_change().round(2)
print(df)
