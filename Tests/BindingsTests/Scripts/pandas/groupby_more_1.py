import pandas as pd
import numpy as np
df = pd.DataFrame({"dept": ["IT", "HR", "IT", "HR", "Ops"], "sex": ["m", "f", "f", "m", "m"], "pay": [100, 80, 120, 70, 60], "age": [30, 40, 50, 35, 28]})
g = df.groupby("dept")
print(g.mean(numeric_only=True))
print(g["pay"].agg(["count", "mean", "median"]).sort_values("mean", ascending=False))
print(g.agg(avg=("pay", "mean"), oldest=("age", "max")).reset_index())
print(g.agg({"pay": "mean", "age": lambda s: s.max() - s.min()}))
