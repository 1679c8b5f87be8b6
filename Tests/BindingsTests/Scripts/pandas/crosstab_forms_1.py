import pandas as pd
df = pd.DataFrame({"sex": ["m", "f", "f", "m", "f"], "smoke": ["y", "n", "y", "n", "n"], "w": [80, 60, 65, 85, 55]})
print(pd.crosstab(df.sex, df.smoke))
print(pd.crosstab(df["sex"], df["smoke"], margins=True))
print(pd.crosstab(df["sex"], df["smoke"], normalize="index"))
print(pd.crosstab(df["sex"], df["smoke"], normalize=True))
