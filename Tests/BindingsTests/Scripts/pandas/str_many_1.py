import pandas as pd
s = pd.Series(["  Apple pie ", "banana", None, "Cherry-7", "42"])
print(s.str.strip().str.lower())
print(s.str.upper())
print(s.str.title())
print(s.str.len())
