import numpy as np
import pandas as pd

rng = np.random.RandomState(0)
df = pd.DataFrame(rng.randn(5, 3), columns=list("abc"))
print(df)
print(df.describe())
print(df.corr().round(3))
