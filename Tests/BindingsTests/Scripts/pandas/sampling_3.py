import pandas as pd
df = pd.DataFrame({"a": range(10), "b": list("abcdefghij")})
train = df.sample(frac=0.8, random_state=42)
test = df.drop(train.index)
print(train.index.tolist(), test)
