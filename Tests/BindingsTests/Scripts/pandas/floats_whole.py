import pandas as pd

print(pd.DataFrame({"x": [1.0, 2.0], "y": [1.25, 100.5]}))
