import functools
def deco(fn):
    @functools.wraps(fn)
    def w(*a, **k):
        print('before', fn.__name__, a, k); r = fn(*a, **k); print('after'); return r
    return w
def rep(n):
    def d(f):
        def w(*a): return [f(*a) for _ in range(n)]
        return w
    return d
@deco
def add(a, b=2):
    "adds"
    return a + b
print(add(1), add(1, b=5), add.__name__, add.__doc__, add.__wrapped__(1, 1))
@rep(2)
@deco
def hi(x): return x
print(hi('q'))
class Count:
    def __init__(self, f): self.f = f; self.n = 0
    def __call__(self, *a): self.n += 1; return self.f(*a)
@Count
def sq(x): return x * x
print(sq(3), sq(4), sq.n)
def cls_deco(c): c.tag = 'tagged'; return c
@cls_deco
class K: pass
print(K.tag)
class M:
    @deco
    def m(self, x): return x
try: print(M().m(1) if False else 'ok')
except Exception as e: print(e)
