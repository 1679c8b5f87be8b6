import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3, 4], "b": list("wxyz")})
print(df[df.a > 2])
print(df[(df.a > 1) & (df.b != "z")])
print(df[~(df.a == 2) | (df.b == "x")])
