import pandas as pd
s = pd.Series(["a", "b", "a", "c", "a", None])
n = pd.Series([1, 5, 2, 8, 9, 3])
df = pd.DataFrame({"p": [1, 1, 2], "q": ["x", "x", "y"]})
print(df.value_counts())
print(df["q"].value_counts().to_dict())
print(df["q"].value_counts().reset_index())
print(df.value_counts(normalize=True))
