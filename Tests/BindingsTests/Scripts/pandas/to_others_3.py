import pandas as pd
df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"], "c": [0.5, None]}, index=["r", "s"])
print(df.to_html())
print(df.values)
print(df["a"].to_list(), df["a"].to_dict(), df["a"].to_frame())
print(list(df.itertuples()), list(df.itertuples(index=False, name=None)))
