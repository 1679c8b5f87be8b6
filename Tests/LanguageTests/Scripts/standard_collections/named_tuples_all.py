from collections import namedtuple
P = namedtuple('P', 'x y z', defaults=[0])
p = P(1, 2); print(p, p.x, p[1], p._asdict(), p._replace(x=9), P._fields, P._field_defaults, P._make([4, 5, 6]), p == (1, 2, 0), len(p), *p, hash(p) == hash((1, 2, 0)), p + (1,), isinstance(p, tuple))
a, b, c = p; print(a, b, c, sorted([P(3, 1), P(1, 2)]), P.__name__, P.__doc__, p.index(2), p.count(0))
for f in (lambda: P(), lambda: P(1, 2, 3, 4), lambda: P(1, q=2), lambda: setattr(p, 'x', 5), lambda: p._replace(w=1), lambda: P._make([1]), lambda: p.w, lambda: namedtuple('A', 'class'), lambda: namedtuple('A', 'a a'), lambda: namedtuple('1A', 'a'), lambda: namedtuple('A', '_a')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(namedtuple('R', 'a class a', rename=True)._fields, namedtuple('C', 'a, b')(1, 2))
class E(namedtuple('E', 'a b')):
    def total(self): return self.a + self.b
print(E(1, 2).total(), E(1, 2))
