import pandas as pd
import numpy as np
df = pd.DataFrame({"dept": ["IT", "HR", "IT", "HR", "Ops"], "sex": ["m", "f", "f", "m", "m"], "pay": [100, 80, 120, 70, 60], "age": [30, 40, 50, 35, 28]})
g = df.groupby("dept")
print(df.groupby("dept").agg(["min", "max"])[["pay"]] if False else df.groupby("dept")[["pay", "age"]].agg(["min", "max"]))
print(df.groupby("dept").first(), df.groupby("dept").last(), df.groupby("dept").nunique())
print(df.groupby("dept")["pay"].std(), df.groupby("dept")["pay"].var(), df.groupby("dept")["pay"].sem())
print(df.groupby("sex")["pay"].sum().sort_values().plot if False else df.groupby("sex")["pay"].sum().idxmax())
