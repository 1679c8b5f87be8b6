import io
import pandas as pd
t = "date,v\n2024-01-02,1\n2024-01-03,2\n"
df = pd.read_csv(io.StringIO(t), parse_dates=["date"])
print(df, df.dtypes)
df = pd.read_csv(io.StringIO(t), parse_dates=["date"], index_col="date")
print(df, df.index)
df = pd.read_csv(io.StringIO(t), parse_dates=True, index_col=0)
print(df.index.year.tolist())
