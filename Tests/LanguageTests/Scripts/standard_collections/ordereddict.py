from collections import OrderedDict
d = OrderedDict()
d["b"] = 1
d["a"] = 2
d["c"] = 3
print(d, list(d), d.popitem(), d.popitem(last=False), d)
d = OrderedDict([("x", 1), ("y", 2), ("z", 3)])
d.move_to_end("x")
print(d)
d.move_to_end("z", last=False)
print(d, list(reversed(d)), len(d), d["y"])
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1), OrderedDict())
for bad in [lambda: d.move_to_end("q"), lambda: OrderedDict().popitem(), lambda: d["nope"]]:
    try:
        bad()
    except KeyError as e:
        print("KeyError", e)
cache = OrderedDict()
for i in range(10):
    cache[i % 4] = i
    cache.move_to_end(i % 4)
    if len(cache) > 3: cache.popitem(last=False)
print(cache, isinstance(d, dict), d.copy(), list(d.items()))
