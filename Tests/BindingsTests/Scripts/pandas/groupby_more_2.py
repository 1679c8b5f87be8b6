import pandas as pd
import numpy as np
df = pd.DataFrame({"dept": ["IT", "HR", "IT", "HR", "Ops"], "sex": ["m", "f", "f", "m", "m"], "pay": [100, 80, 120, 70, 60], "age": [30, 40, 50, 35, 28]})
g = df.groupby("dept")
print(df.groupby(["dept", "sex"]).size().unstack(fill_value=0))
print(df.groupby(["dept", "sex"])["pay"].mean().reset_index())
print(df.groupby(["dept", "sex"], as_index=False).agg(total=("pay", "sum")))
print(g["pay"].transform(lambda s: s / s.sum()).round(3))
