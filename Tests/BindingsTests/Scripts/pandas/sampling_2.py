import pandas as pd
df = pd.DataFrame({"a": range(10), "b": list("abcdefghij")})
print(df.sample(frac=1, random_state=3).reset_index(drop=True))
print(df.sample(2, weights="a", random_state=1))
print(df.sample(n=2, axis=1, random_state=0).columns.tolist())
print(df.groupby(df.a % 2).sample(1, random_state=0))
