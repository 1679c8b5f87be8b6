import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6]})
print(np.log(df["a"]), np.exp(df))
print(df["a"].apply(lambda v, k: v + k, k=10), df["a"].apply(str).tolist())
print(df.apply(lambda c: c.tolist()))
print(df.apply(lambda r: "big" if r.b > 4 else "small", axis=1))
