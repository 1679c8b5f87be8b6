import pandas as pd
df = pd.DataFrame({"d": ["m", "m", "t", "t", "t"], "c": ["A", "B", "A", "B", "B"], "v": [1, 2, 3, 4, 6], "w": [0.5, 1.5, 2.5, 3.5, 4.5]})
print(df.pivot_table(index=["d", "c"], values="v", aggfunc=["sum", "mean"]))
print(df.pivot_table(index="d", columns="c"))
print(df.drop_duplicates(["d", "c"]).pivot(index="d", columns="c", values="v"))
print(df.drop_duplicates(["d", "c"]).pivot(index="d", columns="c"))
