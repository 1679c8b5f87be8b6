import pandas as pd
df = pd.DataFrame({"t": [17.0, 25.0, 30.5]})
df["new"] = df["t"].apply(lambda v: "hot" if v > 20 else "cold")
df["const"] = 1
df[["p", "q"]] = df[["t", "const"]] * 2
print(df.columns.tolist())
try:
    df["bad"] = [1, 2]
except ValueError as e:
    print(e)
