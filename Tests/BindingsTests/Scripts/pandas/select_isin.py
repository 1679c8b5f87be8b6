import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3, 4], "b": list("wxyz")})
print(df[df.b.isin(["w", "z"])])
print(df[df.a.between(2, 3)])
