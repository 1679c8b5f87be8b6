import pandas as pd

s = pd.Series([1, 2, 3])
print(s.apply(lambda x: x ** 2))
print(s.map({1: "one", 2: "two"}))
