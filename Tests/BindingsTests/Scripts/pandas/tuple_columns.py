import pandas as pd

df = pd.DataFrame({("a", "x"): [1, 2], ("a", "y"): [3, 4], ("b", "x"): [5, 6]})
print(df)
print(df["a"])
print(df[("b", "x")].tolist())
