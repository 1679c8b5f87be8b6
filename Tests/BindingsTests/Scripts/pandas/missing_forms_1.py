import pandas as pd
import numpy as np
df = pd.DataFrame({"a": [1, np.nan, 3], "b": [np.nan, np.nan, 6], "c": ["x", None, "z"]})
print(df.dropna(), df.dropna(how="all"), df.dropna(axis=1), df.dropna(thresh=2), df.dropna(subset=["a"]), df.dropna(axis="columns", how="all"))
print(df.ffill(), df.bfill(), df.fillna({"a": 0, "c": "?"}), df.fillna(0))
print(df["a"].interpolate(), df["b"].fillna(df["b"].mean()), df.isna().any(axis=1), df[df["c"].isna()])
print(df["a"].fillna(df["a"].median()), df["c"].fillna(df["c"].mode()[0]))
