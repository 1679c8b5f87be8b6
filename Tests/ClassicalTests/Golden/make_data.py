"""Writes the shipped data sets as CSV: `python make_data.py ../../../Sources/Classical/Data`.

The values are those of scikit-learn's copies of the public data sets (see SOURCES there). Each number is
written in the shortest form that reads back as the same float64. Diabetes is written unscaled.
"""
import pathlib
import sys

from sklearn import datasets


def text(value):
    value = float(value)
    return str(int(value)) if value.is_integer() else repr(value)


def write(path, names, rows, targets):
    lines = [",".join(list(names) + ["target"])]
    lines += [",".join([text(v) for v in row] + [text(t)]) for row, t in zip(rows, targets)]
    path.write_text("\n".join(lines) + "\n")


folder = pathlib.Path(sys.argv[1])
for name, bunch in {
    "digits": datasets.load_digits(),
    "iris": datasets.load_iris(),
    "wine": datasets.load_wine(),
    "breast_cancer": datasets.load_breast_cancer(),
    "diabetes": datasets.load_diabetes(scaled=False),
}.items():
    write(folder / f"{name}.csv", bunch.feature_names, bunch.data, bunch.target)
