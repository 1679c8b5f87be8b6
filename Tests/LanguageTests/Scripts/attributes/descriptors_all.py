class Temp:
    class Desc:
        def __init__(self, d): self.d = d
        def __set_name__(self, o, n): self.n = '_' + n
        def __get__(self, i, o): return self if i is None else getattr(i, self.n, self.d)
        def __set__(self, i, v):
            if v < 0: raise ValueError('neg')
            setattr(i, self.n, v)
        def __delete__(self, i): print('deleting'); delattr(i, self.n)
    a = Desc(1); b = Desc(2)
t = Temp(); t.a = 5; print(t.a, t.b, t.__dict__, type(Temp.a).__name__); del t.a; print(t.a)
try: t.b = -1
except ValueError as e: print(e)
class NonData:
    def __get__(self, i, o): return 'nd'
class U: x = NonData()
u = U(); print(u.x); u.__dict__['x'] = 'own'; print(u.x, U.x)
class Lazy:
    def __init__(self, f): self.f = f
    def __get__(self, i, o):
        v = self.f(i); i.__dict__[self.f.__name__] = v; return v
class W:
    @Lazy
    def big(self): print('compute'); return 42
w = W(); print(w.big, w.big)
