import pandas as pd
df = pd.DataFrame({"x": [1, 2, 3, 4, 5], "y": [2, 4, 5, 4, 5], "z": [5, 3, 2, 4, 1], "s": list("abcde")})
print(df.corr(numeric_only=True))
print(df[["x", "y", "z"]].corr(method="spearman"))
print(df[["x", "y", "z"]].corr(method="kendall"))
print(df[["x", "y", "z"]].cov())
