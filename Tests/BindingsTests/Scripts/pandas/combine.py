import numpy as np
import pandas as pd

a = pd.Series([1, np.nan])
b = pd.Series([9, 8])
print(a.combine_first(b))
