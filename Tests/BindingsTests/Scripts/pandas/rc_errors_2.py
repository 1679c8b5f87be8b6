import io
import pandas as pd
print(pd.read_csv(io.StringIO("a,b\n1,2\n3,4,5\n6,7\n"), on_bad_lines="skip"))
for chunk in pd.read_csv(io.StringIO("a\n1\n2\n3\n"), chunksize=2):
    print(chunk)
