import pandas as pd
import numpy as np
df = pd.DataFrame(np.arange(200).reshape(100, 2), columns=["a", "b"])
pd.set_option("display.max_rows", 6)
pd.reset_option("display.max_rows")
w = pd.DataFrame(np.arange(60).reshape(2, 30))
print(w)
pd.set_option("display.max_columns", 6)
print(w)
pd.set_option("display.width", 60)
print(pd.DataFrame(np.arange(24).reshape(2, 12) * 1000.5))
