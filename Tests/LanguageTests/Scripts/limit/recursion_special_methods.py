class A:
    def __repr__(self): return repr(self)
    def __str__(self): return f'{self}'
    def __eq__(self, other): return self == other
    def __hash__(self): return hash(self)
    def __len__(self): return len(self)
    def __bool__(self): return bool(self)
    def __iter__(self): return iter(self)
    def __contains__(self, item): return item in self
    def __getitem__(self, key): return self[key]
    def __setitem__(self, key, value): self[key] = value
    def __call__(self): return self()
    def __add__(self, other): return self + other
    def __radd__(self, other): return other + self
    def __lt__(self, other): return self < other
    def __neg__(self): return -self
    def __format__(self, spec): return format(self, spec)
    def __getattr__(self, name): return getattr(self, name)
    def __enter__(self):
        with self: pass
    def __exit__(self, *args): pass
    def __index__(self): return [0][self]
    def __int__(self): return int(self)
    def __float__(self): return float(self)
    def __abs__(self): return abs(self)
    def __reversed__(self): return reversed(self)
a = A()
def enter():
    with a: pass
def store(): a[0] = 1
for what in [
    lambda: repr(a), lambda: str(a), lambda: a == a, lambda: {a}, lambda: len(a), lambda: not a,
    lambda: list(a), lambda: 1 in a, lambda: a[0], store, lambda: a(), lambda: a + 1, lambda: 1 + a,
    lambda: sorted([a, a]), lambda: -a, lambda: f'{a:x}', lambda: a.x, enter, lambda: [0][a],
    lambda: int(a), lambda: float(a), lambda: abs(a), lambda: reversed(a), lambda: {a: 1},
    lambda: '%s' % a, lambda: '{}'.format(a), lambda: [a] == [A()], lambda: print(a),
]:
    try:
        what()
        print('no error')
    except RecursionError as error:
        print(type(error).__name__)
