import pandas as pd
s = pd.Series(["  Apple pie ", "banana", None, "Cherry-7", "42"])
print(s.str.find("a"))
print(s.str.count("a"))
print(s.str.zfill(6))
print(s.str.isdigit())
