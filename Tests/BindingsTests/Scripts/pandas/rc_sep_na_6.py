import io
import pandas as pd
t = "a;b;c\n1;2,5;x\n3;4,5;-\n"
u = "id,name,score\n1,Ann,3.5\n2,Bob,NA\n3,,4.5\n"
df = pd.read_csv(io.StringIO(u))
print(pd.read_csv(io.StringIO('q,r\n"x, ""y""",2\n')))
