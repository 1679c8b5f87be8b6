import pandas as pd
df = pd.DataFrame({"d": ["m", "m", "t", "t", "t"], "c": ["A", "B", "A", "B", "B"], "v": [1, 2, 3, 4, 6], "w": [0.5, 1.5, 2.5, 3.5, 4.5]})
print(df.pivot_table(values="v", index="d", columns="c"))
print(df.pivot_table(values="v", index="d", columns="c", aggfunc="sum", margins=True))
print(df.pivot_table(index="d", columns="c", values="v", aggfunc="count", fill_value=0))
print(df.pivot_table(index="d", values=["v", "w"], aggfunc={"v": "sum", "w": "mean"}))
