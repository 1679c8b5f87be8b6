import pandas as pd
import numpy as np
df = pd.DataFrame(np.arange(200).reshape(100, 2), columns=["a", "b"])
pd.set_option("display.max_rows", 6)
pd.reset_option("display.max_rows")
w = pd.DataFrame(np.arange(60).reshape(2, 30))
pd.set_option("display.max_columns", 6)
pd.set_option("display.width", 60)
pd.reset_option("all")
with pd.option_context("display.precision", 2):
    print(pd.DataFrame({"x": [1.23456, 2.34567]}))
print(pd.get_option("display.max_rows"))
pd.options.display.float_format = "{:.1f}".format
print(pd.DataFrame({"x": [1.23456, 2.34567]}))
