d = {"a": 1, "b": 2, "c": 3, "d": 4}
print(d.pop("b"), d.pop("x", None), d.popitem(), d)
del d["a"]
print(d.popitem(), d)
d.popitem()
