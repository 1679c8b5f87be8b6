import pandas as pd
df = pd.DataFrame({"name": ["Ann", "Bob", "Cid", "Dee"], "dept": ["x", "y", "x", "y"], "pay": [10, 20, 30, 40]})
print(df.melt(id_vars=["name"], value_vars=["dept", "pay"]).head(3))
print(df.groupby("dept").pay.agg(lambda s: s.iloc[-1]))
