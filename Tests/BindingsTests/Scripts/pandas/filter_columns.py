import pandas as pd

df = pd.DataFrame({"x1": [1], "x2": [2], "y": [3]})
print(df.filter(like="x"))
print(df.filter(regex="1$"))
