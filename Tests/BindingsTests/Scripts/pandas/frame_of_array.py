import numpy as np
import pandas as pd

print(pd.DataFrame(np.arange(6).reshape(2, 3)))
