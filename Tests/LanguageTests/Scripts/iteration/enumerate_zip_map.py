print(list(enumerate("ab", 5)), list(zip([1, 2, 3], "ab")), list(map(lambda a, b: a + b, [1, 2], [10, 20])), list(filter(None, [0, 1, "", "a"])), list(reversed([1, 2])), dict(zip("ab", range(2))))
list(zip([1], [1, 2], strict=True))
