class A:
    def __init__(self): self.real = 1
    def __getattr__(self, n):
        if n.startswith('x'): return n * 2
        raise AttributeError(f'no {n}')
    def __setattr__(self, n, v): print('set', n, v); object.__setattr__(self, n, v)
    def __delattr__(self, n): print('del', n); super().__delattr__(n)
a = A(); print(a.real, a.xy, hasattr(a, 'q'), getattr(a, 'q', 'dflt'))
del a.real
try: a.real
except AttributeError as e: print(e)
class B:
    def __getattribute__(self, n):
        if n == 'magic': return 42
        return super().__getattribute__(n)
    y = 2
b = B(); print(b.magic, b.y, getattr(b, 'magic'))
try: b.z
except AttributeError as e: print(e)
