print(set(), {1}, frozenset({1}), [set()], {frozenset()})
