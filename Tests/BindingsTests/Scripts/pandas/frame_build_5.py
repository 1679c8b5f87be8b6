import pandas as pd
import numpy as np
print(pd.DataFrame({1: [1], 2: [2]}))
print(pd.Series([1, 2]).to_frame("v"))
print(pd.DataFrame({"b": [True, False], "t": [pd.Timestamp("2020-01-01"), pd.NaT]}))
print(pd.DataFrame(5, index=[0, 1], columns=["a", "b"]))
