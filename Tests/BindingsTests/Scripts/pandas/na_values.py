import numpy as np
import pandas as pd

print(pd.isna(np.nan), pd.isna(None), pd.notna(1), pd.isna(pd.NaT))
print(pd.NA, pd.NaT)
