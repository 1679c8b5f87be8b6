import io
import pandas as pd
t = "date,v\n2024-01-02,1\n2024-01-03,2\n"
df = pd.read_csv(io.StringIO(t), parse_dates=["date"])
df = pd.read_csv(io.StringIO(t), parse_dates=["date"], index_col="date")
df = pd.read_csv(io.StringIO(t), parse_dates=True, index_col=0)
df = pd.read_csv(io.StringIO("d,v\n02/01/2024,1\n"), parse_dates=["d"], dayfirst=True)
print(df)
df = pd.read_csv(io.StringIO("d,v\n02.01.2024,1\n"), parse_dates=["d"], date_format="%d.%m.%Y")
print(df)
df.info()
