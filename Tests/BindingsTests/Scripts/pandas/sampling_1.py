import pandas as pd
df = pd.DataFrame({"a": range(10), "b": list("abcdefghij")})
print(df.sample(3, random_state=42))
print(df.sample(frac=0.3, random_state=0))
print(df.sample(5, replace=True, random_state=1))
print(df["a"].sample(3, random_state=7).tolist())
