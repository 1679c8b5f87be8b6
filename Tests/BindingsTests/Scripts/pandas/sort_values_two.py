import numpy as np
import pandas as pd

df = pd.DataFrame({"g": ["b", "a", "b", "a"], "v": [1, 4, 3, np.nan]})
print(df.sort_values(["g", "v"], ascending=[True, False]))
