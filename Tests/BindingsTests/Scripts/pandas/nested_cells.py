import pandas as pd

print(pd.DataFrame({"l": [[1, 2], [3]], "t": [(1, 2), (3,)], "d": [{"a": 1}, {}]}))
