import pandas as pd

s = pd.Series([" a ", "B"])
print(s.str.strip().str.lower().tolist())
print(s + "!")
print(s.str.cat(sep="-"))
