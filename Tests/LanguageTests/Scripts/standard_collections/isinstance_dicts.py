import collections, json, copy
d = collections.defaultdict(list, a=[1])
c = collections.Counter("aab")
o = collections.OrderedDict(x=1)
print(json.dumps(d), json.dumps(c), json.dumps(o))
print(copy.copy(c), copy.deepcopy(d), copy.copy(o), type(copy.deepcopy(c)).__name__)
for x in (d, c, o, {}):
    x.update({"z": 5} if x is not d else {"z": [5]})
    print(type(x).__name__, list(x.keys()), list(x.values()), x.pop("z"), x.setdefault("s", 1), len(x))
print({**c, **o}, dict(c), list(c), sorted(set(c)), sorted(c))
print(c | {"q": 1} if False else type(o | {"k": 2}).__name__)
