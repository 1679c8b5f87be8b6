import pandas as pd

df = pd.DataFrame({"g": ["a", "b", "a"], "v": [1, 2, 3]})
for name, part in df.groupby("g"):
    print(name)
    print(part)
