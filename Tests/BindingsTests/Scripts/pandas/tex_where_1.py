import numpy as np
import pandas as pd
a = np.array([1, 5, 10])
w = np.where(a > 4, "hi", "lo")
print(w, repr(w), w.dtype, w.shape)
print(np.select([a < 3, a < 8], ["low", "mid"], default="high"))
df = pd.DataFrame({"a": a})
df["c"] = np.where(df["a"] > 4, "big", "small")
print(df, df.dtypes)
