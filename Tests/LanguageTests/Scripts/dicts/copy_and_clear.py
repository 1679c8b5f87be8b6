d = {"a": [1]}
e = d.copy()
e["a"].append(2)
e["b"] = 3
d2 = dict(d)
d.clear()
print(d, e, d2)
