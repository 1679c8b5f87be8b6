import io
import pandas as pd
t = "a;b;c\n1;2,5;x\n3;4,5;-\n"
print(pd.read_csv(io.StringIO(t), sep=";"))
print(pd.read_csv(io.StringIO(t), sep=";", decimal=","))
print(pd.read_csv(io.StringIO(t), sep=";", na_values=["-"]))
u = "id,name,score\n1,Ann,3.5\n2,Bob,NA\n3,,4.5\n"
df = pd.read_csv(io.StringIO(u))
print(df, df.dtypes)
