import pandas as pd
df = pd.DataFrame({"name": ["Ann", "Bob", "Cid", "Dee"], "dept": ["x", "y", "x", "y"], "pay": [10, 20, 30, 40]})
print(df.loc[df.groupby("dept")["pay"].idxmax()])
print(df.sort_values(["dept", "pay"], ascending=[True, False]).groupby("dept").head(1))
print(df.assign(rank=df.groupby("dept").pay.rank(ascending=False).astype(int)))
print(df.pay.describe().round(2).to_dict())
