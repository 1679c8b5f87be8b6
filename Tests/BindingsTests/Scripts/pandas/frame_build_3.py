import pandas as pd
import numpy as np
print(pd.DataFrame({"k": 1, "v": ["a", "b"]}))
print(pd.DataFrame.from_dict({"r1": [1, 2], "r2": [3, 4]}, orient="index", columns=["a", "b"]))
print(pd.DataFrame.from_records([(1, "x"), (2, "y")], columns=["n", "s"]))
print(pd.DataFrame({"a": {"x": 1, "y": 2}, "b": {"x": 3}}))
