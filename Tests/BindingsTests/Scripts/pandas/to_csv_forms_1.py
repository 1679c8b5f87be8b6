import io
import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x,y", 'q"t'], "c": [0.1, None]})
print(df.to_csv())
print(df.to_csv(index=False))
print(df.to_csv(sep=";", index=False, na_rep="NA"))
print(df.to_csv(columns=["a"], header=False))
