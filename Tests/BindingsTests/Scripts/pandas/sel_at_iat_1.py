import pandas as pd
df = pd.DataFrame({"x": [10, 20, 30], "y": ["a", "b", "c"]}, index=["r1", "r2", "r3"])
print(df.at["r2", "x"], df.iat[0, 1])
df.at["r2", "x"] = 99
df.iat[2, 1] = "zz"
print(df)
