import pandas as pd

df = pd.DataFrame({"a": [1, 2, 3]})
print(df.assign(b=lambda d: d.a ** 2, c=0))
