import pandas as pd
df = pd.DataFrame({"sex": ["m", "f", "f", "m", "f"], "smoke": ["y", "n", "y", "n", "n"], "w": [80, 60, 65, 85, 55]})
print(pd.crosstab(df["sex"], df["smoke"], values=df["w"], aggfunc="mean"))
print(pd.crosstab(df["sex"], df["smoke"], rownames=["S"], colnames=["K"]))
