import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3, 4], "b": [5.5, 6.5, 7.5, 8.5], "c": list("wxyz")}, index=list("pqrs"))
print(df.loc[[True, False, True, False]])
print(df.loc[:, df.columns != "b"])
