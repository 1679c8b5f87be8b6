"""Records what pandas computes and prints: `python generate.py`, in this folder."""
import io
import json
import pathlib

import numpy as np
import pandas as pd
from pandas.io.formats.format import format_array

HERE = pathlib.Path(__file__).parent


def plain(value):
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, (np.ndarray, pd.Series, pd.Index)):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return value


nan, inf = float("nan"), float("inf")
g = np.random.RandomState(0)
FLOATS = [
    [1.0, 2.0, 3.0], [1.5, nan, 2.25, 1e-7], [1e10, 2.5, 3], [123456789.123, 1], [1234567.0, 1.5, 1e8],
    [nan, nan], [0.1, -0.25, 100], [inf, 1, -2.5], [1e-10, 1], [0.000001], [0.0000009], [1e6, 0.123456789],
    [1e6 + 0.5, 0.1234567], [999999.123456], [1e15], [1e16, 1], [1e300, -1e-300], [0.0, -0.0], [1 / 3, 2 / 3],
    [12345.678901, 0.1], [-1e-5, 1], [5e-324], [1.10, 2.20], [100000.123456789, 2], [-1234567.891, nan, inf],
    [], [2.5e6, 3.5], [1e5, 1e-5], list(g.standard_normal(9)), list(g.standard_normal(9) * 1e4),
]
TABLE = """city,team,goals,minutes,won,rate
Bern,red,3,90.5,True,0.1
Basel,blue,1,45.25,False,0.2
Bern,red,0,,True,0.30000000000000004
Chur,blue,7,12.0,False,
Basel,red,2,88.125,True,0.7
Bern,blue,5,60.0,True,-0.1
,red,4,33.3,False,1e3
Bern,red,3,90.5,True,0.1
"""


def texts(values, leading):
    return list(format_array(np.array(values), None, leading_space=leading))


def frame(f):
    return {"names": list(f.columns), "index": list(f.index), "columns": {c: f[c] for c in f.columns}}


t = pd.read_csv(io.StringIO(TABLE))
aggregations = ["sum", "mean", "std", "var", "min", "max", "count", "median", "first", "last", "size", "nunique"]
long = pd.DataFrame({"k": g.randint(0, 5, 3000), "x": g.standard_normal(3000) * 1e3})
golden = {
    "floats": [{"values": v, "spaced": texts(v, True), "bare": texts(v, False)} for v in map(list, FLOATS)],
    "repr": [[v, repr(v)] for v in [0.1, 1.0, 1e15, 1e16, 123456789012345680.0, 1e22, 1.5e300, 1e-4, 0.00012, 1e-5,
                                    1.25e-7, 5e-324, -2.5e-10, 1e100, 9007199254740993.0, 0.0, -0.0, 1e5]],
    "csv": TABLE, "dtypes": [str(d) for d in t.dtypes],
    "describe": frame(t.describe()), "describe_text": frame(t[["city", "team"]].describe()),
    "long_describe": frame(long.describe()), "long_csv": long.to_csv(index=False),
    "value_counts": frame(t["city"].value_counts().to_frame()),
    "value_counts_na": [int(v) for v in t["city"].value_counts(dropna=False)],
    "unique": t["team"].unique().tolist(),
    "sort_rate": t.sort_values("rate", kind="stable").index,
    "sort_city_goals": t.sort_values(["city", "goals"], ascending=[False, True]).index,
    "duplicated": t.duplicated(), "duplicated_last": t.duplicated(keep="last"),
    "duplicated_none": t.duplicated(keep=False), "duplicated_subset": t.duplicated(["city", "team"]),
    "dropna": t.dropna().index, "dropna_subset": t.dropna(subset=["rate"]).index, "isna": t.isna().sum(),
    "fillna": t["minutes"].fillna(0), "ffill": t["minutes"].ffill(), "bfill": t["minutes"].bfill(),
    "group": {a: frame(t.groupby("city")[["goals"]].agg(a) if a != "size" else t.groupby("city").size().to_frame("goals"))
              for a in aggregations},
    "group_rate": {a: frame(t.groupby("city")[["rate"]].agg(a)) for a in aggregations if a != "size"},
    "group_two": frame(t.groupby(["city", "team"], as_index=False)[["goals"]].sum()),
    "group_long": {a: frame(long.groupby("k")[["x"]].agg(a)) for a in ["sum", "mean", "std", "median"]},
    "sum": long["x"].sum(), "mean": long["x"].mean(), "std": long["x"].std(),
    "quantiles": long["x"].quantile([0, 0.01, 0.1, 0.333, 0.5, 0.9, 1]),
    "to_csv": t.to_csv(), "to_csv_bare": t.to_csv(index=False, sep=";", na_rep="NA"),
    "cells": t.to_string().split("\n"),
}
body = {"about": {"pandas": pd.__version__, "numpy": np.__version__, "command": "python generate.py"}}
(HERE / "frames.json").write_text(json.dumps({**body, **plain(golden)}) + "\n")
