import pandas as pd
import numpy as np
df = pd.DataFrame(np.arange(26).reshape(1, 26), columns=list("abcdefghijklmnopqrstuvwxyz"))
df = pd.DataFrame(np.random.RandomState(0).randn(3, 12))
df = pd.DataFrame({"long column name number %d" % i: [i] for i in range(6)})
print(pd.DataFrame({"v": range(70)}))
print(pd.DataFrame(index=["a", "b"]))
print(pd.DataFrame({"a": [1]}, index=["x"]).iloc[:0])
print(pd.Series([], dtype="float64"), pd.Series(["a"], index=[5], name="n"))
