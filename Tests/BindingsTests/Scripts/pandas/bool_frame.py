import pandas as pd

print(pd.DataFrame({"flag": [True, False]}))
print(pd.DataFrame({"flag": [True, False]}).any(), pd.Series([True, False]).all())
