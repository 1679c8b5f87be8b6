import pandas as pd
s = pd.Series(["  Apple pie ", "banana", None, "Cherry-7", "42"])
print(s.str.endswith("7"))
print(s.str.replace("a", "A"))
print(s.str.replace(r"\d+", "#", regex=True))
print(s.str.split())
