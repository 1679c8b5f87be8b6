import pandas as pd
import numpy as np
df = pd.DataFrame({"dept": ["IT", "HR", "IT", "HR", "Ops"], "sex": ["m", "f", "f", "m", "m"], "pay": [100, 80, 120, 70, 60], "age": [30, 40, 50, 35, 28]})
g = df.groupby("dept")
print(g.pay.max() - g.pay.min())
print(g["pay"].rank().tolist(), g.cumsum(numeric_only=True))
print(g.apply(lambda d: d.pay.max(), include_groups=False))
print(g["pay"].apply(lambda s: s.nlargest(1)))
