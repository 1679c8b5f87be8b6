import pandas as pd
s = pd.Series(["  Apple pie ", "banana", None, "Cherry-7", "42"])
print(s.str.split("-", expand=True))
print(s.str[0])
print(s.str[1:4])
print(s.str.get(1))
