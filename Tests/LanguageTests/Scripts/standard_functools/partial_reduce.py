from functools import partial, reduce
print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [], 7), reduce(max, [3, 9, 2]), reduce(lambda a, b: b + a, "abc", "-"))
try:
    reduce(lambda a, b: a, [])
except TypeError as e:
    print(e)
try:
    reduce(lambda a, b: a, 5)
except TypeError as e:
    print(e)
def f(a, b, c=3, *args, **kw):
    return (a, b, c, args, kw)
p = partial(f, 1, c=10)
print(p(2), p(2, c=5), p(2, d=4), p.args, p.keywords, p.func is f)
q = partial(p, 99, z=0)
print(q(), q.args, q.keywords)
basetwo = partial(int, base=2)
print(basetwo("1010"), list(map(partial(pow, 2), range(5))))
print(partial(print, "a", sep="-").keywords)
try:
    partial(3)
except TypeError as e:
    print(e)
class M:
    go = partial(lambda x, y=1: (x, y), 5)
print(M().go(), M.go(y=3))
