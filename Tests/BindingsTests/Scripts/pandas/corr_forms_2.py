import pandas as pd
df = pd.DataFrame({"x": [1, 2, 3, 4, 5], "y": [2, 4, 5, 4, 5], "z": [5, 3, 2, 4, 1], "s": list("abcde")})
print(df["x"].corr(df["y"]), df["x"].cov(df["y"]))
print(df[["y", "z"]].corrwith(df["x"]))
try:
    df.corr()
except ValueError as e:
    print(e)
print(df["x"].autocorr(), df["x"].skew(), df["y"].kurt(), df["y"].sem())
