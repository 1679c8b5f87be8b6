import pandas as pd

a = pd.DataFrame({"x": [1, 2]})
print(pd.concat([a, a], keys=["p", "q"]))
