class T(tuple): pass
t = T((1, 2))
print(repr(t), type(t + (1,)), type(t[:]), t == (1, 2), hash(t) == hash((1, 2)), {t: 1}[(1, 2)])
class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))
    @property
    def left(self): return self[0]
p = Pair(1, 'x')
a, b = p
print(p, p.left, a, b, len(p), 'x' in p, isinstance(p, tuple), '%s-%s' % p)
for K in (set, frozenset):
    class S(K): pass
    s = S([1, 2])
    print(repr(s), type(s | {3}), type(s.copy()), type(s & {1}), repr(S()), s == {1, 2}, 1 in s, len(s))
class Tags(set):
    def add(self, item):
        super().add(item.lower())
g = Tags(['a'])
g.add('B')
g |= {'c'}
print(type(g), sorted(g), g >= {'a'}, g)if len(g) == 1 else print(type(g), sorted(g), g >= {'a'})
