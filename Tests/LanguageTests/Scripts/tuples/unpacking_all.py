a, (b, *c), d = 1, (2, 3, 4), 5; print(a, b, c, d)
*a, b = 'xyz'; print(a, b); a, *b = [1]; print(a, b); [x, y] = 1, 2; print(x, y); (a,) = [5]; print(a)
def f(*a, k=1, **kw): return a, k, kw
print(f(*[1, 2], *(3,), k=5, **{'z': 1}, **{'w': 2}), [*range(3), *'ab'], {*[1], *[2]}, (*[1], 2), {**{'a': 1}, **{'a': 2}})
for i, (j, *k) in enumerate([(1, 2, 3), 'ab']): print(i, j, k)
a, b = b, a; a = b = c = 3; print(a, b, c); x = y, z = 1, 2; print(x, y, z)
for s in ('a, b = 1, 2, 3', 'a, b, c = 1, 2', 'a, *b, c = [1]', 'a, b = 5', 'a, b = None', 'a, b = {}', '(a, b), c = 1, 2'): 
    pass
for f in (lambda: (lambda a, b: 0)(*[1, 2, 3]), lambda: (lambda a: 0)(), lambda: (lambda *, k: 0)(), lambda: (lambda a, /: 0)(a=1), lambda: (lambda a: 0)(1, a=2), lambda: (lambda a: 0)(b=1), lambda: (lambda a, b, c: 0)(1), lambda: (lambda a, b, c, d: 0)(), lambda: (lambda: 0)(1), lambda: (lambda a=1: 0)(1, 2), lambda: (lambda *, a, b: 0)(), lambda: (lambda a, *, b: 0)(1, 2), lambda: (lambda **k: 0)(1), lambda: f2(**{'a': 1}, **{'a': 2}), lambda: print(*5), lambda: print(**5), lambda: dict(**{'a': 1}, a=2) if False else 0):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try: a, b = 1, 2, 3
except ValueError as e: print(e)
try: a, b, c = 1, 2
except ValueError as e: print(e)
try: a, *b, c = [1]
except ValueError as e: print(e)
try: a, b = 5
except TypeError as e: print(e)
try: (a, b), c = 1, 2
except TypeError as e: print(e)
