import pandas as pd
import numpy as np
df = pd.DataFrame(np.arange(200).reshape(100, 2), columns=["a", "b"])
pd.set_option("display.max_rows", 6)
pd.reset_option("display.max_rows")
w = pd.DataFrame(np.arange(60).reshape(2, 30))
pd.set_option("display.max_columns", 6)
pd.set_option("display.width", 60)
pd.reset_option("all")
pd.options.display.float_format = "{:.1f}".format
pd.options.display.float_format = None
print(pd.Series(["x" * 80, "short"]))
print(pd.DataFrame({"t": ["y" * 70]}))
with pd.option_context("display.max_colwidth", 10):
    print(pd.DataFrame({"t": ["y" * 70]}))
try:
    pd.set_option("display.nope", 1)
except Exception as e:
    print(type(e).__name__, e)
