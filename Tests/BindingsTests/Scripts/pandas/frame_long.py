import numpy as np
import pandas as pd

print(pd.DataFrame({"a": range(100), "b": np.arange(100) / 7}))
