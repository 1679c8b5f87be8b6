import pandas as pd
s = pd.Series(["  Apple pie ", "banana", None, "Cherry-7", "42"])
print(s.str.contains("an"))
print(s.str.contains("an", na=False))
print(s.str.contains(r"\d", regex=True, na=False))
print(s.str.startswith("b"))
