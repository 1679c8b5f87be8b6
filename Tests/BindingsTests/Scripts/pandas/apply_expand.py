import pandas as pd

df = pd.DataFrame({"a": [1, 2]})
print(df.apply(lambda r: pd.Series({"x": r.a, "y": r.a * 2}), axis=1))
