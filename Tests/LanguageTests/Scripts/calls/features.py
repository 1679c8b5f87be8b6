def f(a, b=2, /, c=3, *args, d, e=5, **kw): return (a, b, c, args, d, e, kw)
print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f(1, c=9, d=0, a=5) if True else 0)
def g(x, l=[]): l.append(x); return l
print(g(1), g(2), g(3, []), g.__defaults__)
def h(a, b): return a - b
print(h(b=1, a=5), h(*[3, 1]), h(**{'a': 1, 'b': 2}), (lambda *a, **k: (a, k))(1, x=2), (lambda: (yield))() is not None)
def rec(n): return 1 if n == 0 else n * rec(n - 1)
print(rec(20))
def deep(n): return deep(n + 1)
try: deep(0)
except RecursionError as e: print(type(e).__name__, e)
def nothing(): pass
print(nothing(), callable(nothing), callable(5), nothing.__name__, (lambda: 0).__name__)
def ann(a: int, b: 'str' = 'x') -> list: return [a, b]
print(ann(1), ann.__annotations__)
print(list(map(lambda x, y: x + y, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 'a'])), sorted(map(abs, [-2, 1])), max('a', 'b', key=ord), min([3, 1], key=lambda x: -x), sum([[1], [2]], []), all([]), any([]), list(zip()), list(enumerate('ab', 1)), isinstance(1, (str, int)), round(1.5), divmod(7, 2), pow(2, 3), id(1) == id(1), hash('a') == hash('a'), repr(1), ascii('é'), chr(65), ord('A'), bin(3), hex(255), abs(-1), len('abc'), type(1) is int, list(reversed([1, 2])), next(iter([5])), next(iter([]), 'd'), iter(lambda: 1, 1).__next__ is not None, list(iter([1, 2].pop, 1)) if True else 0)
