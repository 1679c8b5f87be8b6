import pandas as pd
df = pd.DataFrame({"t": [17.0, 25.0, 30.5]})
print(df.assign(f=lambda d: d.t * 9 / 5 + 32))
print(df.assign(f=df["t"] * 2, g=lambda d: d.f + 1, h=0, k=["a", "b", "c"]))
df["new"] = df["t"].apply(lambda v: "hot" if v > 20 else "cold")
df["const"] = 1
df[["p", "q"]] = df[["t", "const"]] * 2
print(df)
