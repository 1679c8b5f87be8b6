import pandas as pd

df = pd.DataFrame({"a": range(10)})
print(df.sample(3, random_state=42))
print(df.sample(frac=0.3, random_state=1))
print(df.a.sample(4, replace=True, random_state=0))
