import pandas as pd
import numpy as np
df = pd.DataFrame({"dept": ["IT", "HR", "IT", "HR", "Ops"], "sex": ["m", "f", "f", "m", "m"], "pay": [100, 80, 120, 70, 60], "age": [30, 40, 50, 35, 28]})
g = df.groupby("dept")
print(df.pivot_table(index="dept", columns="sex", values="pay", aggfunc=["mean", "count"]))
print(df.groupby("dept")["pay"].pipe(lambda q: q.max() / q.min()))
print(df.groupby(np.where(df.age > 33, "old", "young"))["pay"].mean())
print(df.groupby({0: "x", 1: "y", 2: "x", 3: "y", 4: "x"})["pay"].sum())
