import itertools as it
print(list(it.islice(it.count(), 5)), list(it.islice(it.count(10, -3), 4)), list(it.islice(it.count(0.5, 0.25), 3)))
print(list(it.islice(it.cycle("ab"), 5)), list(it.cycle([])), list(it.repeat("x", 3)), list(it.islice(it.repeat(1), 2)), list(it.repeat(1, -2)))
print(list(zip(it.count(1), "abc")), list(map(pow, range(5), it.repeat(2))))
c = it.count(5)
print(next(c), next(c), next(c))
try:
    it.count("a")
except TypeError as e:
    print(e)
