import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
df.eval("d = a - b", inplace=True)
k = 3
print(df.eval("a * @k"))
print(df.eval("a > 1 and b > 1"))
print(df.query("a == a.max()"))
print(df.query("b.isin([3])"))
