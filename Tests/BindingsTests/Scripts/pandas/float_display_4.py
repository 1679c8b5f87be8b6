import pandas as pd
print(pd.Series([-0.0, 0.0]))
print(pd.Series([1e-3, 1e-4]))
print(pd.DataFrame({"x": [1e-7, 1.0]}))
print(pd.Series([12345.678, 1e-8]))
