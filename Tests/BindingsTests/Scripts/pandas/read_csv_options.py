import io

import pandas as pd

text = "1;2;x\n3;-;y\n"
print(pd.read_csv(io.StringIO(text), sep=";", header=None))
print(pd.read_csv(io.StringIO(text), sep=";", header=None, names=["a", "b", "c"], na_values=["-"]))
