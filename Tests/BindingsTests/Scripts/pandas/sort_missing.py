import numpy as np
import pandas as pd

print(pd.Series([2, np.nan, 1]).sort_values(na_position="first"))
