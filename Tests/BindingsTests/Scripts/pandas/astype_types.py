import pandas as pd

df = pd.DataFrame({"a": ["1", "2"], "b": [1.9, 2.1]})
print(df.astype({"a": int, "b": int}))
print(df.a.astype(float).dtype, df.b.astype(str).tolist())
