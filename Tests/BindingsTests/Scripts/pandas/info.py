import numpy as np
import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": [0.5, np.nan, 2], "c": ["x", None, "z"]})
df.info()
