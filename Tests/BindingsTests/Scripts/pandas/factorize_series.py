import pandas as pd

codes, uniques = pd.factorize(pd.Series(["b", "a", "b", None]))
print(codes, uniques)
