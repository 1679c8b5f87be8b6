import pandas as pd
import numpy as np
df = pd.DataFrame(np.arange(26).reshape(1, 26), columns=list("abcdefghijklmnopqrstuvwxyz"))
print(df)
df = pd.DataFrame(np.random.RandomState(0).randn(3, 12))
print(df)
print(df.to_string())
