import pandas as pd
s = pd.Series(["  Apple pie ", "banana", None, "Cherry-7", "42"])
print(s.str.cat(sep=","))
print(s.str.pad(12, side="left", fillchar="."))
