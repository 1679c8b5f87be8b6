from functools import lru_cache, cache
calls = []
@lru_cache(maxsize=2)
def square(x):
    """Squares."""
    calls.append(x)
    return x * x
print(square(2), square(3), square(2), square(4), square(3), square(2), calls)
print(square.cache_info(), square.__name__, square.__doc__, square.__wrapped__(5))
square.cache_clear()
print(square.cache_info(), square.cache_info().hits, square.cache_parameters())
@lru_cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(100), fib.cache_info())
@cache
def g(a, b=2, *c, **d):
    return (a, b, c, d)
print(g(1), g(1, 2), g(1, b=2), g(1, 2, 3, k=4), g.cache_info())
@lru_cache(maxsize=None, typed=True)
def t(x): return type(x).__name__
print(t(1), t(1.0), t(True), t.cache_info())
try:
    g([1])
except TypeError as e:
    print(e)
class A:
    def __init__(self, n): self.n = n
    @lru_cache(maxsize=None)
    def double(self, k):
        calls.append(k)
        return self.n * k
a, b = A(2), A(3)
print(a.double(5), a.double(5), b.double(5), calls[-2:])
@lru_cache(0)
def z(x): return x
print(z(1), z(1), z.cache_info())
