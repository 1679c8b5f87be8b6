import pandas as pd
df = pd.DataFrame({"k": [3, 1, 2, 1], "v": ["c", "a", "b", "A"]})
print(df.reindex([3, 0, 9]), df.reindex([0, 1], columns=["v", "z"]), df.iloc[::-1].reset_index(drop=True))
print(df.k.searchsorted(2) if False else df.k.max(), df.k.idxmin(), df.v.min(), df.v.max())
print(df.sample(frac=1, random_state=1).k.tolist(), df.k.sample(2, random_state=0).tolist())
