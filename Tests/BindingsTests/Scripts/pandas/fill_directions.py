import numpy as np
import pandas as pd

s = pd.Series([np.nan, 1, np.nan, np.nan, 4])
print(s.ffill())
print(s.bfill())
print(s.interpolate())
