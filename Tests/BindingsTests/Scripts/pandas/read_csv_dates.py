import io

import pandas as pd

text = "d,v\n2024-01-01,1\n2024-01-02,2\n"
df = pd.read_csv(io.StringIO(text), parse_dates=["d"])
print(df.dtypes)
print(df)
