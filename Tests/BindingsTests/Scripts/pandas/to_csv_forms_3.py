import io
import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x,y", 'q"t'], "c": [0.1, None]})
buf = io.StringIO()
df.to_csv(buf, index=False)
print(pd.read_csv(io.StringIO(buf.getvalue())).equals(df))
print(df.to_csv(quoting=1, index=False))
print(df["a"].to_csv())
print(df.to_csv(header=["A", "B", "C"], index=False))
