import numpy as np
import pandas as pd

df = pd.DataFrame(np.eye(2))
df[2] = [5, 6]
print(df)
print(df[0])
