import pandas as pd

s = pd.Series([1, 2, 3, 4])
print(s.quantile(0.25), s.quantile([0.1, 0.9]).tolist())
print(pd.DataFrame({"a": [1, 2], "b": [3, 5]}).quantile(0.5))
