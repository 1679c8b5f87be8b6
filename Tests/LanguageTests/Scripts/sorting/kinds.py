print(sorted([3, 1, 2]), sorted([2.5, -1.0, 3.5]), sorted(["b", "A", "é", "a", ""]), sorted([2, True, 1.5, False, 10 ** 20, -1]), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([[2], [1, 5], [1]]))
print(sorted("hello"), sorted({"b": 1, "a": 2}), sorted([b"b", b"a"]), sorted([]), sorted([1]))
