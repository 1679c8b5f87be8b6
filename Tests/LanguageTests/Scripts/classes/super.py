class A:
    def __init__(self, x=0): print('A', x); self.x = x
    def f(self): return 'Af'
    def __repr__(self): return f'{type(self).__name__}({self.x})'
class B(A):
    def __init__(self, x, y): super().__init__(x); self.y = y; print('B', y)
    def f(self): return 'B' + super().f()
class C(B):
    def f(self): return 'C' + super(C, self).f()
c = C(1, 2); print(c.f(), c, isinstance(c, A), issubclass(C, A), C.__bases__, C.__mro__, C.__name__, C.__base__)
print(vars(c), c.__dict__, C.f is B.f, type(c) is C)
print([k.__name__ for k in A.__subclasses__()])
