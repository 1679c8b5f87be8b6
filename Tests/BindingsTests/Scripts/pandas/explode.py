import pandas as pd

df = pd.DataFrame({"k": [1, 2], "v": [["a", "b"], []]})
print(df)
print(df.explode("v"))
