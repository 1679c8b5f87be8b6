import operator as op, functools as ft
class Vec:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __mul__(self, k): return Vec(self.x * k, self.y * k)
    def __rmul__(self, k): return self * k
    def __truediv__(self, k): return Vec(self.x / k, self.y / k)
    def __floordiv__(self, k): return Vec(self.x // k, self.y // k)
    def __mod__(self, k): return Vec(self.x % k, self.y % k)
    def __and__(self, o): return 'and'
    def __or__(self, o): return 'or'
    def __xor__(self, o): return 'xor'
    def __rshift__(self, o): return 'rs'
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __repr__(self): return f'Vec({self.x}, {self.y})'
    def __complex__(self): return 0
    def __ceil__(self): return 'ceil'
    def __floor__(self): return 'floor'
v = Vec(4, 6)
import math
print(v * 2, 2 * v, v / 2, v // 4, v % 4, v & 1, v | 1, v ^ 1, v >> 1, *v, math.ceil(v), math.floor(v), v == Vec(4, 6), v != Vec(1, 1), [v, v].count(Vec(4, 6)), Vec(4, 6) in [v], [1, v].index(v) if False else 1)
v *= 3; print(v); v /= 2; print(v)
