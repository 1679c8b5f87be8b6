"""Writes tables.json: frames and how pandas shows them.

    python3 Tests/DisplayTests/Golden/tables.py > Tests/DisplayTests/Golden/tables.json

`to_string` is the whole frame, `repr` what a cell prints (cut and wrapped at 80 columns), `html` what a
notebook shows, without pandas' style sheet.
"""
import json
import re
import sys

import numpy as np
import pandas as pd

pd.set_option("display.width", 80, "display.max_columns", 20)
SEED = 7
rng = np.random.default_rng(SEED)


def cell(value):
    if value is None:
        return {"m": "None"}
    if value is pd.NA:
        return {"m": "<NA>"}
    if isinstance(value, (bool, np.bool_)):
        return {"b": bool(value)}
    if isinstance(value, (int, np.integer)):
        return {"i": int(value)}
    if isinstance(value, (float, np.floating)):
        return {"f": repr(float(value))}
    return {"s": str(value)}


def column(name, values):
    kind = ("boolean" if values.dtype == bool else "integer" if values.dtype.kind == "i"
            else "real" if values.dtype.kind == "f" else
            "text" if values.dtype == "str" else "mixed")
    cells = [cell(v) for v in values]
    if kind in ("text", "mixed"):
        cells = [{"m": "NaN"} if "f" in c and c["f"] == "nan" else c for c in cells]
    return {"name": str(name), "kind": kind, "cells": cells}


def html(frame):
    text = frame._repr_html_()
    return re.sub(r"<style scoped>.*?</style>\n", "", text, flags=re.S)


def case(name, frame):
    default = isinstance(frame.index, pd.RangeIndex) and frame.index.name is None
    index = None if default else column(frame.index.name or "", frame.index.to_series())
    return {"name": name, "columns": [column(c, frame.iloc[:, i]) for i, c in enumerate(frame.columns)],
            "columnsName": frame.columns.name, "index": index,
            "to_string": frame.to_string(), "repr": repr(frame), "html": html(frame)}


frames = {
    "one int": pd.DataFrame({"x": [1]}),
    "names wider than values": pd.DataFrame({"a long name": [1, 2], "another": ["a", "b"], "third one": [0.5, 1.25]}),
    "names narrower": pd.DataFrame({"n": ["setosa", "virginica"], "x": [10.125, -3.5], "k": [-1, 22]}),
    "float digits": pd.DataFrame({"a": [0.1, 0.25, 0.125], "b": [1.0, 2.0, 3.0], "c": [1 / 3, 2 / 3, 1.0]}),
    "float nan": pd.DataFrame({"a": [0.1, np.nan, 3.0], "b": [np.nan, np.nan, np.nan], "c": [np.inf, -np.inf, 0.0]}),
    "small": pd.DataFrame({"a": [1e-7, 1.0, 2.0], "b": [1e-5, 2e-5, 0.0]}),
    "large": pd.DataFrame({"a": [1e6, 2e6], "b": [1234567.891, 2.0], "c": [1e10, 1e-3], "d": [123456.789, 1.5]}),
    "large and long": pd.DataFrame({"a": [123456789.123456, 0.000123], "b": [1e15, 2e15], "c": [12345678.5, 1.25]}),
    "negative": pd.DataFrame({"a": [-0.5, 0.5], "b": [-1, 1], "c": [-0.0, 0.0]}),
    "bools": pd.DataFrame({"flag": [True, False], "f": [False, False]}),
    "strings": pd.DataFrame({"s": ["a", "bb", "ccc"], "t": ["x" * 60, "y", ""]}),
    "missing strings": pd.DataFrame({"s": ["a", None, "ccc"]}),
    "objects": pd.DataFrame({"o": pd.Series([1, "two", 3.5, None, True], dtype=object)}),
    "object floats": pd.DataFrame({"o": pd.Series([1.5, "x", 0.123456789], dtype=object)}),
    "markup": pd.DataFrame({"<b>": ["a & b", "<i>", "x  y"]}),
    "line breaks": pd.DataFrame({"s": ["a\nb", "c\td"]}),
    "string index": pd.DataFrame({"x": [1, 2]}, index=["row one", "r2"]),
    "named index": pd.DataFrame({"x": [1.5, 2.0]}, index=pd.Index(["a", "b"], name="key")),
    "int index": pd.DataFrame({"x": [1.5, 2.0]}, index=[10, -3]),
    "float index": pd.DataFrame({"x": [1, 2, 3]}, index=[0.5, 1.0, 2.25]),
    "named columns": pd.DataFrame({"x": [1, 2], "y": [3, 4]}, index=["a", "b"]).rename_axis(columns="side"),
    "pivot": pd.DataFrame({"lo": [1.5, 2.0], "hi": [3, 4]}, index=pd.Index(["a", "b"], name="key")).rename_axis(columns="side"),
    "long": pd.DataFrame({"i": range(100), "f": np.arange(100) / 7, "s": [f"name {i}" for i in range(100)]}),
    "sixty": pd.DataFrame({"i": range(60)}),
    "sixty one": pd.DataFrame({"i": range(61)}),
    "long strings index": pd.DataFrame({"v": range(70)}, index=[f"row{i}" for i in range(70)]),
    "wide": pd.DataFrame(rng.normal(size=(3, 14)), columns=[f"feature {i}" for i in range(14)]),
    "very wide": pd.DataFrame(rng.normal(size=(4, 30)).round(3), columns=[f"c{i}" for i in range(30)]),
    "wide and long": pd.DataFrame(rng.normal(size=(80, 25)), columns=[f"column_{i}" for i in range(25)]),
    "wide mixed": pd.DataFrame({**{f"s{i}": ["text value", "other"] for i in range(6)}, **{f"n{i}": [1, 2] for i in range(6)}}),
    "describe": pd.DataFrame({"sepal length (cm)": rng.normal(5.8, 0.8, 150), "petal width (cm)": rng.gamma(2, 0.6, 150)}).describe(),
    "corr": pd.DataFrame(rng.normal(size=(50, 4)), columns=list("abcd")).corr(),
    "short numbers": pd.DataFrame({"a": [1], "b": [0.5], "c": ["z"]}),
}
for number in range(30):
    rows = int(rng.integers(1, 12))
    data = {}
    for place in range(int(rng.integers(1, 6))):
        scale = 10.0 ** rng.integers(-8, 9)
        kind = rng.integers(0, 4)
        name = "".join(rng.choice(list("abcdefg"), int(rng.integers(1, 12)))) + str(place)
        if kind == 0:
            data[name] = rng.integers(-1000, 1000, rows)
        elif kind == 1:
            data[name] = rng.normal(size=rows) * scale
        elif kind == 2:
            data[name] = (rng.normal(size=rows) * 100).round(int(rng.integers(0, 5)))
        else:
            data[name] = ["".join(rng.choice(list("xyz "), int(rng.integers(1, 14)))).strip() for _ in range(rows)]
    frames[f"random {number}"] = pd.DataFrame(data)

json.dump({"made with": f"pandas {pd.__version__}, numpy {np.__version__}, seed {SEED}, tables.py",
           "cases": [case(n, f) for n, f in frames.items()]}, sys.stdout, indent=0, ensure_ascii=False)
