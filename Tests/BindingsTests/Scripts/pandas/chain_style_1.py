import pandas as pd
df = pd.DataFrame({"name": ["Ann", "Bob", "Cid", "Dee"], "dept": ["x", "y", "x", "y"], "pay": [10, 20, 30, 40]})
print(df.query("pay > 10").assign(bonus=lambda d: d.pay * 0.1).sort_values("bonus", ascending=False).reset_index(drop=True))
print(df.groupby("dept", as_index=False).agg(pay=("pay", "sum")).rename(columns={"pay": "total"}))
print(df.pipe(lambda d: d[d.pay > 15]).set_index("name").pay.to_dict())
print(df.set_index("name").T)
