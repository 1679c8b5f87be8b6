import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3], "b": [1.5, 2.5, None], "c": ["x", "y", "z"], "d": [True, False, True]})
print(df.sum(), df.sum(numeric_only=True), df.mean(numeric_only=True), df.max(), df.min())
print(df[["a", "b"]].mean(axis=1), df[["a", "b"]].sum(axis=1, skipna=False), df[["a", "b"]].std(), df[["a", "b"]].median(), df[["a", "b"]].var(ddof=0))
print(df[["a", "b"]].quantile(0.5), df[["a", "b"]].quantile([0.25, 0.75]))
print(df.nunique(), df.mode(), df[["a", "b"]].idxmax(), df[["a", "b"]].prod(), df[["a"]].skew(), df[["a", "b"]].sem())
