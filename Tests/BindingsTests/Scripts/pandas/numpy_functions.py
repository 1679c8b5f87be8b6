import numpy as np
import pandas as pd

s = pd.Series([1.0, 4.0], name="v")
print(np.sqrt(s))
print(np.where(s > 2, "big", "small") if False else np.log(s))
