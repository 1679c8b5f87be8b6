import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "x"], "c d": [7, 8, 9]})
print(df.query("a > 1 and b == 'x'"))
limit = 2
print(df.query("a <= @limit"))
print(df.query("b in ['x'] & a < 3"))
print(df.query("`c d` == 8"))
