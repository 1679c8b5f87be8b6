def f(a, b, c=3, *, d): pass
def g(): pass
def h(a, /, b): pass
def k(**kw): pass
class C:
    def m(self, x): pass
    @classmethod
    def c(cls, x): pass
    @staticmethod
    def s(x): pass
    def __init__(self, a): pass
def t(fn):
    try: fn()
    except Exception as e: print(type(e).__name__, e)
t(lambda: f()); t(lambda: f(1)); t(lambda: f(1, 2)); t(lambda: f(1, 2, 3, 4)); t(lambda: f(1, 2, 3, 4, d=5)); t(lambda: f(1, 2, d=1, e=2)); t(lambda: f(1, a=2, d=3)); t(lambda: f(b=1, d=1)); t(lambda: g(1)); t(lambda: g(a=1)); t(lambda: g(1, 2, a=3)); t(lambda: h(a=1, b=2)); t(lambda: h(1, 2, 3)); t(lambda: h()); t(lambda: k(1)); t(lambda: k(**{1: 2})); t(lambda: C()); t(lambda: C(1, 2)); t(lambda: C(1).m()); t(lambda: C(1).m(1, 2)); t(lambda: C.m()); t(lambda: C.m(1)); t(lambda: C.c()); t(lambda: C.s()); t(lambda: C(1).m(y=1)); t(lambda: f(*[1, 2, 3, 4, 5], d=1)); t(lambda: f(**{'a': 1, 'b': 2, 'd': 3, 'z': 1})); t(lambda: g(*None)); t(lambda: g(**None)); t(lambda: g(*1)); t(lambda: g(**[1])); t(lambda: (lambda x: x)()); t(lambda: (lambda x, y=1, *z: x)(1, 2, 3, w=1)); t(lambda: print(1, foo=2)); t(lambda: sorted([1], reversed=True)); t(lambda: [].sort(foo=1)); t(lambda: int(1, 2, 3)); t(lambda: 'a'.split(foo=1)); t(lambda: max(1, 2, foo=1)); t(lambda: open()); t(lambda: enumerate([1], start='a')); t(lambda: dict(a=1, **{'a': 2})); t(lambda: f(1, 2, 3, d=1, **{'d': 2})); t(lambda: sum([1], start='a')); t(lambda: [1].pop('a')); t(lambda: {}.get()); t(lambda: {}.update(1, 2)); t(lambda: {}.setdefault()); t(lambda: set().add()); t(lambda: 'a'.join()); t(lambda: 'a'.format_map()); t(lambda: 'x'.replace('a', 'b', 'c')); t(lambda: 'x'.count()); t(lambda: 'a'.center()); t(lambda: isinstance(1)); t(lambda: getattr()); t(lambda: map(len)); t(lambda: filter()); t(lambda: range(1, 2, 3, 4)); t(lambda: iter()); t(lambda: next()); t(lambda: input(1, 2)); t(lambda: round(1, 2, 3)); t(lambda: pow(1, 2, 3, 4)); t(lambda: ord()); t(lambda: chr()); t(lambda: str(object=1, foo=2)); t(lambda: float(x=1)); t(lambda: list(a=1)); t(lambda: tuple(a=1)); t(lambda: set(a=1)); t(lambda: bool(x=1)); t(lambda: len(obj=1)); t(lambda: abs(x=1)); t(lambda: hash(1, 2)); t(lambda: repr(1, 2)); t(lambda: all(1, 2)); t(lambda: any()); t(lambda: slice(1, 2, 3, 4)); t(lambda: super(1, 2)); t(lambda: super(int, 'a')); t(lambda: Exception(a=1)); t(lambda: ValueError(foo=1)); t(lambda: OSError())
