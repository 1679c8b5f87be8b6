import io

import pandas as pd

text = "name,age,score\nAnn,30,1.5\nBob,,2.5\n"
df = pd.read_csv(io.StringIO(text))
print(df)
print(df.dtypes)
print(pd.read_csv(io.StringIO(text), index_col="name"))
print(pd.read_csv(io.StringIO(text), usecols=["name", "score"], nrows=1))
