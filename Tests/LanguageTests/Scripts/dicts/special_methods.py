d = {"b": 2, "a": 10}
print(max(d, key=d.__getitem__), sorted(d, key=d.get), d.__len__(), d.__contains__("a"), d.__eq__({"b": 2, "a": 10}), list(d.__iter__()), list(map(d.__getitem__, "ab")))
