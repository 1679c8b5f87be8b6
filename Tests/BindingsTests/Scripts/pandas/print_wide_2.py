import pandas as pd
import numpy as np
df = pd.DataFrame(np.arange(26).reshape(1, 26), columns=list("abcdefghijklmnopqrstuvwxyz"))
df = pd.DataFrame(np.random.RandomState(0).randn(3, 12))
df = pd.DataFrame({"long column name number %d" % i: [i] for i in range(6)})
print(df)
print(pd.DataFrame({"x": ["a" * 60, "b"]}))
print(pd.DataFrame({"a": [[1, 2], [3]], "b": [{"k": 1}, None], "c": [(1, 2), "z"]}))
print(pd.Series(range(100)))
