from collections import ChainMap
c = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(c["a"], c["b"], c.get("z", 0), "b" in c, len(c), sorted(c), dict(c), list(c.items()))
c["b"] = 9
print(c, c.maps, c.parents, c.new_child({"q": 1}))
try:
    c["nope"]
except KeyError as e:
    print("KeyError", e)
