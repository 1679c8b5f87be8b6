import itertools as it
print(list(it.islice("abcdefg", 3)), list(it.islice("abcdefg", 2, 5)), list(it.islice("abcdefg", 1, None, 2)), list(it.islice("abc", 0)), list(it.islice(range(10), 2, 9, 3)))
print(list(it.takewhile(lambda x: x < 5, [1, 4, 6, 4, 1])), list(it.dropwhile(lambda x: x < 5, [1, 4, 6, 4, 1])))
print(list(it.filterfalse(lambda x: x % 2, range(8))), list(it.filterfalse(None, [0, 1, "", "a"])), list(it.compress("ABCDEF", [1, 0, 1, 0, 1, 1])))
print(list(it.starmap(pow, [(2, 5), (3, 2)])), list(it.accumulate([1, 2, 3, 4])), list(it.accumulate([3, 1, 4, 1, 5], max)), list(it.accumulate([1, 2, 3], lambda a, b: a * b, initial=100)), list(it.accumulate([])))
print(list(it.accumulate("abc")), list(it.accumulate([], initial=5)))
i = iter(range(10))
print(list(it.islice(i, 3)), list(i))
for bad in [lambda: it.islice("abc", -1), lambda: it.islice("abc", 1, -2), lambda: it.islice("abc", 0, 3, 0), lambda: list(it.starmap(pow, [1]))]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
