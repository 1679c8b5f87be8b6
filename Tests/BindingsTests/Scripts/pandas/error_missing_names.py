import pandas as pd

df = pd.DataFrame({"a": [1], "b": [2]})
for f in (lambda: df[["a", "q"]], lambda: df.groupby("q"), lambda: df.sort_values("q"), lambda: df.set_index("q"), lambda: df.merge(df, on="q"), lambda: df.loc[0, "q"]):
    try:
        f()
    except KeyError as e:
        print(e)
