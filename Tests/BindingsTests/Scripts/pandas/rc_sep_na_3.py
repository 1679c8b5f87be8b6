import io
import pandas as pd
t = "a;b;c\n1;2,5;x\n3;4,5;-\n"
u = "id,name,score\n1,Ann,3.5\n2,Bob,NA\n3,,4.5\n"
df = pd.read_csv(io.StringIO(u))
print(pd.read_csv(io.StringIO(u), index_col="id"))
print(pd.read_csv(io.StringIO(u), index_col=0, nrows=2))
print(pd.read_csv(io.StringIO(u), skiprows=1, header=None))
print(pd.read_csv(io.StringIO(u), skiprows=[1]))
