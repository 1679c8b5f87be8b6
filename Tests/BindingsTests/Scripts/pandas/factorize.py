import pandas as pd

codes, uniques = pd.factorize(["b", "a", "b"])
print(codes, uniques)
