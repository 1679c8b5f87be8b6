import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
print(df.eval("a + b"))
print(df.eval("c = a * b"))
df.eval("d = a - b", inplace=True)
print(df)
