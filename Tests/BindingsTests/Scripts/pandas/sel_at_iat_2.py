import pandas as pd
df = pd.DataFrame({"x": [10, 20, 30], "y": ["a", "b", "c"]}, index=["r1", "r2", "r3"])
df.at["r2", "x"] = 99
df.iat[2, 1] = "zz"
df.loc["r4"] = [40, "new"]
print(df)
df.loc[df.x > 35, "y"] = "big"
print(df)
s = df["x"]
print(s.at["r1"], s.iat[-1])
