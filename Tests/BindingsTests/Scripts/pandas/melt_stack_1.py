import pandas as pd
df = pd.DataFrame({"id": [1, 2], "math": [90, 80], "art": [70, 60]})
print(df.melt(id_vars="id"))
print(df.melt(id_vars=["id"], value_vars=["art"], var_name="subject", value_name="score"))
print(pd.melt(df, id_vars="id", var_name="s"))
w = df.set_index("id")
s = w.stack()
print(s)
