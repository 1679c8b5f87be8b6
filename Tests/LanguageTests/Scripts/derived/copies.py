import copy
import json


class Row(list):
    pass


row = Row([[1], [2]])
row.name = "r"
shallow = copy.copy(row)
deep = copy.deepcopy(row)
row[0].append(9)
print(type(shallow).__name__, shallow, shallow.name, type(deep).__name__, deep, deep.name)
print(json.dumps(row), type(row.copy()).__name__)
