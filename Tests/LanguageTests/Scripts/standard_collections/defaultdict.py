from collections import defaultdict
d = defaultdict(list)
for k, v in [("a", 1), ("b", 2), ("a", 3)]:
    d[k].append(v)
print(d, d["a"], dict(d), d.default_factory)
n = defaultdict(int)
for ch in "hello": n[ch] += 1
print(n, n["x"], "x" in n, n.get("y"), len(n))
print(defaultdict(None), defaultdict(int, {"a": 1}, b=2), defaultdict())
try:
    defaultdict()["x"]
except KeyError as e:
    print("KeyError", e)
try:
    defaultdict(3)
except TypeError as e:
    print(e)
nested = defaultdict(lambda: defaultdict(int))
nested["x"]["y"] += 5
print(nested["x"], nested["x"]["y"], list(nested.keys()))
c = d.copy()
c["z"].append(9)
print(c, "z" in d, isinstance(d, dict), d == {"a": [1, 3], "b": [2]}, type(c).__name__)
print(sorted(defaultdict(set, {1: {2}}).items()), {**n})
def missing(): return "default"
m = defaultdict(missing)
print(m["q"], list(m.items()))
