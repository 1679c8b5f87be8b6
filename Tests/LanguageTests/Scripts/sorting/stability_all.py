d = [('b', 2), ('a', 2), ('c', 1), ('a', 1)]
print(sorted(d), sorted(d, key=lambda t: t[1]), sorted(d, key=lambda t: t[1], reverse=True), sorted(d, key=lambda t: (-t[1], t[0])))
d.sort(key=lambda t: t[0]); print(d, sorted('bAc', key=str.lower), sorted({'b': 1, 'a': 2}), sorted([3, 1, 2], reverse=True), sorted([True, 0, 2]), sorted([[2, 1], [1, 5]]), sorted(['10', '9'], key=int), max(d, key=lambda t: t[1]), min([], default='none'), sorted([0.5, 1, -1]))
from functools import cmp_to_key
from operator import itemgetter, attrgetter
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), sorted(d, key=itemgetter(1, 0)), list(map(itemgetter(0), d)))
l = [3, 1]; print(l.sort(), l)
try: [1, 'a', None].sort()
except TypeError as e: print(e)
