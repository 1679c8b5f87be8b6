class T:
    def __init__(self, c): self._c = c
    @property
    def f(self):
        "doc of f"
        return self._c * 9 / 5 + 32
    @f.setter
    def f(self, v): self._c = (v - 32) * 5 / 9
    @f.deleter
    def f(self): print('deleted')
    ro = property(lambda self: 5, doc='ro doc')
t = T(100); print(t.f); t.f = 32; print(t._c); del t.f; print(T.f.__doc__, T.ro.__doc__, t.ro)
try: t.ro = 1
except AttributeError as e: print(e)
try: del t.ro
except AttributeError as e: print(e)
print(type(T.f), T.f.fget.__name__)
