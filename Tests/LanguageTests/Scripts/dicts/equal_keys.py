d = {1: "int"}
d[True] = "bool"
d[1.0] = "float"
print(d, d[1], len({0, False, 0.0}), {"a": 1}.__contains__("a"))
