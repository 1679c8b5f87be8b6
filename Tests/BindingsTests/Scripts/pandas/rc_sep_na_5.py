import io
import pandas as pd
t = "a;b;c\n1;2,5;x\n3;4,5;-\n"
u = "id,name,score\n1,Ann,3.5\n2,Bob,NA\n3,,4.5\n"
df = pd.read_csv(io.StringIO(u))
print(pd.read_csv(io.StringIO("a b  c\n1 2  3\n"), sep=r"\s+"))
print(pd.read_csv(io.StringIO("# hi\na,b\n1,2 # x\n"), comment="#"))
print(pd.read_csv(io.StringIO("n,v\na,\"1,000\"\nb,2\n"), thousands=","))
print(pd.read_csv(io.StringIO("n,v\nyes,no\n"), true_values=["yes"], false_values=["no"]))
