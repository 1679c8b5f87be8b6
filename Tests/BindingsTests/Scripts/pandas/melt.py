import pandas as pd

df = pd.DataFrame({"id": [1, 2], "a": [3, 4], "b": [5, 6]})
print(df.melt(id_vars="id"))
print(pd.melt(df, id_vars=["id"], value_vars=["a"], var_name="k", value_name="w"))
