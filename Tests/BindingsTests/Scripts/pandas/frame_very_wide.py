import numpy as np
import pandas as pd

print(pd.DataFrame(np.arange(50).reshape(2, 25)))
