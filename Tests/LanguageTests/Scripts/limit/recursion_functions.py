def f(n):
    return f(n + 1)
def caught(what):
    try:
        what()
    except RecursionError as error:
        print(type(error).__name__, 'maximum recursion depth exceeded' in str(error))
caught(lambda: f(0))
def even(n): return odd(n + 1)
def odd(n): return even(n + 1)
caught(lambda: even(0))
def g(n):
    yield from g(n + 1)
caught(lambda: next(g(0)))
def h(n):
    try:
        return h(n + 1)
    finally:
        pass
caught(lambda: h(0))
def spread(*a, **k): return spread(*a, **k)
caught(lambda: spread(1, b=2))
import functools
cached = functools.lru_cache(lambda n: cached(n + 1))
caught(lambda: cached(0))
part = functools.partial(lambda x: part(), 1)
caught(part)
try:
    f(0)
except RecursionError:
    try:
        f(0)
    except RecursionError:
        print('twice')
print(sum(range(10)))
