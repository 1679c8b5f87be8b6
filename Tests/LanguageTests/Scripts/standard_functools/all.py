from functools import lru_cache, cache, partial, reduce, singledispatch, cached_property, partialmethod
@lru_cache(maxsize=2)
def f(x): print('calc', x); return x * 2
print(f(1), f(1), f(2), f(3), f(1), f.cache_info()); f.cache_clear(); print(f.cache_info(), f.__wrapped__(9), f.cache_parameters())
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), fib.cache_info())
try: f([])
except TypeError as e: print(e)
p = partial(int, base=2); print(p('101'), p.func, p.args, p.keywords, partial(print, 1, sep='-'), reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + b, [], 'init'))
try: reduce(lambda a, b: a, [])
except TypeError as e: print(e)
@singledispatch
def sd(x): return 'obj'
@sd.register
def _(x: int): return 'int'
@sd.register(list)
def _(x): return 'list'
print(sd(1), sd([]), sd('a'), sd(True), sd.registry.keys())
class C:
    @cached_property
    def v(self): print('once'); return 5
c = C(); print(c.v, c.v, c.__dict__)
