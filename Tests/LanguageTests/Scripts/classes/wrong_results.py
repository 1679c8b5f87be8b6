class A:
    def __init__(self): return 5
try: A()
except TypeError as e: print(e)
class B:
    def __len__(self): return -1
try: len(B())
except ValueError as e: print(e)
class C:
    def __len__(self): return 'a'
    def __bool__(self): return 5
    def __str__(self): return 5
    def __repr__(self): return None
    def __hash__(self): return 'x'
    def __iter__(self): return 5
    def __index__(self): return 'i'
    def __int__(self): return 'q'
    def __float__(self): return 1
    def __contains__(self, x): return 'yes'
    def __format__(self, s): return 3
    def __enter__(self): return self
c = C()
for f in (lambda: len(c), lambda: bool(c), lambda: str(c), lambda: repr(c), lambda: hash(c), lambda: iter(c), lambda: [1][c], lambda: int(c), lambda: float(c), lambda: 1 in c, lambda: format(c), lambda: list(c), lambda: f'{c}'):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try:
    with c: pass
except TypeError as e: print(e)
class D:
    def __next__(self): return 1
try: iter(D())
except TypeError as e: print(e)
class E:
    def __iter__(self): return self
try: next(E())
except TypeError as e: print(e)
try: iter(E())
except TypeError as e: print(e)
class F:
    def __new__(cls): return 5
print(F())
class G:
    def __new__(cls, *a): print('new', a); return super().__new__(cls)
    def __init__(self, *a): print('init', a)
G(1, 2)
class H:
    def __call__(self, *a, **k): return a, k
    def __getitem__(self, k): return k
print(H()(1, x=2), H()[1:2, ...], H()[1, 2], H()[()], H()[None])
