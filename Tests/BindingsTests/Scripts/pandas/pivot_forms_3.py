import pandas as pd
df = pd.DataFrame({"d": ["m", "m", "t", "t", "t"], "c": ["A", "B", "A", "B", "B"], "v": [1, 2, 3, 4, 6], "w": [0.5, 1.5, 2.5, 3.5, 4.5]})
try:
    df.pivot(index="d", columns="c", values="v")
except ValueError as e:
    print(e)
