import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6]})
print(df.apply(np.sum), df.apply(sum, axis=1), df.apply(lambda c: c.max() - c.min()))
print(df.apply(lambda r: r["a"] * r["b"], axis=1))
print(df.map(lambda v: v ** 2))
print(df.apply(lambda r: pd.Series([r.a, r.b + 1], index=["p", "q"]), axis=1))
