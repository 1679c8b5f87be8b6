import pandas as pd

s = pd.Series(["a1", "b22"])
print(s.str.extract(r"([a-z])(\d+)"))
print(s.str.split("", n=1) if False else s.str.startswith("a"))
print(pd.Series(["a-b", "c-d"]).str.split("-", expand=True))
