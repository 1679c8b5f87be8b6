import pandas as pd
import numpy as np
print(pd.DataFrame())
print(pd.DataFrame(columns=["a", "b"]))
print(pd.DataFrame({"a": []}))
print(pd.DataFrame([1, 2, 3]))
