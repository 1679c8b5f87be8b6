import pandas as pd
import numpy as np
df = pd.DataFrame(np.arange(200).reshape(100, 2), columns=["a", "b"])
print(df)
pd.set_option("display.max_rows", 6)
print(df)
print(df["a"])
