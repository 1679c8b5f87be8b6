f = frozenset([1, 2])
print(f, frozenset(), f | {3}, {3} | f, f == {1, 2}, hash(f) == hash(frozenset([2, 1])), {f: 1}[frozenset([1, 2])], f.union([5]), f.copy() is f)
f.add(3)
