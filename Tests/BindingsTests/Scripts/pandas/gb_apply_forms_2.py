import pandas as pd
df = pd.DataFrame({"g": ["a", "a", "b", "b"], "v": [1, 2, 3, 4], "w": [1, 1, 2, 3]})
print(df.groupby("g", group_keys=False).apply(lambda d: d.assign(v=d.v * 10)))
for name, part in df.groupby("g"):
    print(name, part.shape)
    print(part)
print(df.groupby("g").get_group("b"))
print(df.groupby("g").groups)
