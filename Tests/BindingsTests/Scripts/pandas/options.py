import pandas as pd

pd.set_option("display.max_rows", 4)
print(pd.DataFrame({"a": range(10)}))
pd.reset_option("display.max_rows")
