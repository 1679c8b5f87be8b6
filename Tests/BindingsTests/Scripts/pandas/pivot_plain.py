import pandas as pd

df = pd.DataFrame({"r": list("aabb"), "c": list("xyxy"), "v": [1, 2, 3, 4]})
print(df.pivot(index="r", columns="c", values="v"))
