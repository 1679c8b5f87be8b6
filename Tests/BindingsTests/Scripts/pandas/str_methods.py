import pandas as pd

s = pd.Series(["Apple pie", "banana", None])
print(s.str.upper())
print(s.str.len())
print(s.str.contains("an"))
print(s.str.replace("a", "_"))
print(s.str.split(" "))
print(s.str[0])
