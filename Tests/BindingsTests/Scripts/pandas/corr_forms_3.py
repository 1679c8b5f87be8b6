import pandas as pd
df = pd.DataFrame({"x": [1, 2, 3, 4, 5], "y": [2, 4, 5, 4, 5], "z": [5, 3, 2, 4, 1], "s": list("abcde")})
print(df.corr(numeric_only=True)["x"].sort_values(ascending=False))
