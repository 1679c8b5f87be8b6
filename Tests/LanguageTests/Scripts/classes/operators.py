class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    __radd__ = __add__
    def __sub__(self, o): return NotImplemented
    def __rsub__(self, o): return V(o - self.x)
    def __iadd__(self, o): self.x += 100; return self
    def __matmul__(self, o): return 'mm'
    def __neg__(self): return V(-self.x)
    def __pos__(self): return 'pos'
    def __invert__(self): return 'inv'
    def __abs__(self): return abs(self.x)
    def __divmod__(self, o): return ('dm', o)
    def __pow__(self, o, m=None): return ('pow', o, m)
    def __lshift__(self, o): return 'ls'
    def __repr__(self): return f'V({self.x})'
    def __round__(self, n=None): return ('round', n)
    def __trunc__(self): return 7
    def __index__(self): return 3
a = V(1)
print(a + V(2), a + 5, 5 + a, sum([V(1), V(2)]), 10 - a, a @ 1, -a, +a, ~a, abs(V(-3)), divmod(a, 2), a ** 2, pow(a, 2, 5), a << 1, round(a), round(a, 2), int(a), [1, 2, 3, 4][a], range(5)[a])
a += 1; print(a)
try: a - V(2)
except TypeError as e: print(e)
try: a - 2
except TypeError as e: print(e)
try: a * 2
except TypeError as e: print(e)
