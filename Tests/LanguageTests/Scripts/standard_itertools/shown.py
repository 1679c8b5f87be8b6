import itertools
print(itertools.count(1), itertools.count(1.5, 2), itertools.repeat(1, 3), itertools.repeat('a'))
c = itertools.count(5, 2)
next(c)
print(c)
