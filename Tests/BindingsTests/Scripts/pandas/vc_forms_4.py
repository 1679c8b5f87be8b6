import pandas as pd
s = pd.Series(["a", "b", "a", "c", "a", None])
n = pd.Series([1, 5, 2, 8, 9, 3])
df = pd.DataFrame({"p": [1, 1, 2], "q": ["x", "x", "y"]})
print(s.value_counts().head(1).index[0])
