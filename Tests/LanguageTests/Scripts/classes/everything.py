class A:
    count = 0
    def __new__(cls, *a, **k):
        cls.count += 1
        return super().__new__(cls)
    def __init__(self, v=0): self.v = v
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
    def __hash__(self): return hash(self.v)
    def __lt__(self, o): return self.v < o.v
    def __str__(self): return f'A<{self.v}>'
    def __repr__(self): return f'A({self.v})'
    def __bool__(self): return self.v != 0
    def __len__(self): return 5
    def __call__(self, x): return self.v + x
    def __contains__(self, x): return x == self.v
    def __iter__(self): yield self.v; yield self.v + 1
    def __copy__(self): return 'copied'
    def __enter__(self): return self
    def __exit__(self, *a): return True
    def __reversed__(self): return 'rev'
    def __format__(self, s): return f'fmt:{s}'
    def __sizeof__(self): return 10
    def __dir__(self): return ['b', 'a']
a = A(3)
print(a, [a], f'{a}', f'{a!r:>10}', f'{a:x}', a == A(3), a in {A(3)}, sorted([A(2), A(1)]), bool(A()), len(a), a(4), 3 in a, list(a), A.count, reversed(a), dir(a), max(A(1), A(5)), '%s %r' % (a, a), str([a, (a,)]), {a: 1}, not A(), a or 5, A(0) or 5, a and 6)
import copy
print(copy.copy(a), copy.deepcopy([1, [2]]), copy.copy({'a': [1]}))
with a as q: raise ValueError
print(q is a, a.__class__.__name__, A.__doc__, a.__module__, A.__module__, isinstance(a, (int, A)), type(a) == A, id(a) == id(a), a is not A(3), hasattr(a, '__call__'), callable(a), A.__init__.__name__, a.__init__.__qualname__)
x, y = a; print(x, y)
print(getattr(a, 'v'), setattr(a, 'w', 9), a.w, vars(a), delattr(a, 'w'), hasattr(a, 'w'), a.__dict__)
class B(A):
    def __init__(self, *args): super().__init__(*args); self.b = 1
    def __str__(self): return 'B' + super().__str__()
print(B(7), repr(B(7)), B(7) == A(7), issubclass(B, A), B.__mro__, B.count, super(B, B(1)).__str__())
A.new_attr = 'dyn'; print(B().new_attr, a.new_attr); A.f = lambda self: self.v * 2; print(a.f())
def meth(self): return 'bound' + str(self.v)
import types
a.m = types.MethodType(meth, a); print(a.m())
print(type('Dyn', (A,), {'z': 5})(2).z, type('D2', (), {})().__class__.__name__)
