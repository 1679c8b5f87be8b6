import pandas as pd

df = pd.DataFrame({"a": [3, 1, 2], "b": ["x", "z", "y"]})
print(df.sort_values("a"))
print(df.sort_values("b", ascending=False))
