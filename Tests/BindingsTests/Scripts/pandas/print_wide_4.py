import pandas as pd
import numpy as np
df = pd.DataFrame(np.arange(26).reshape(1, 26), columns=list("abcdefghijklmnopqrstuvwxyz"))
df = pd.DataFrame(np.random.RandomState(0).randn(3, 12))
df = pd.DataFrame({"long column name number %d" % i: [i] for i in range(6)})
print(pd.Series({"a": 1.0, "bb": 22.5, "ccc": -3.25}))
