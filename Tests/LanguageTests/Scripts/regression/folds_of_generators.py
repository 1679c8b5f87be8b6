def g(*xs):
    yield from xs
def h(n):
    for i in range(n):
        yield i
    return 'end'
def both(n):
    r = yield from h(n)
    yield from g(7, 2.5)
    yield from [True, -1]
print(sum(g(1, 2, 3)), sum(g()), sum(both(3)), sum(g(1, 2), 10), sum(g([1], [2]), []), sum(g(0.5, 1), 2))
print(min(g(3, 1, 2)), max(g(3, 1, 2)), max(both(3)), min(both(3)), max(g('a', 'b')), min(g((2,), (1,))))
print(list(both(2)), tuple(both(2)), sorted(both(2)), ''.join(g('x', 'y')), list(g()), tuple(g()))
print(any(g(0, '', 3)), any(g(0, '')), all(g(1, 'a')), all(g(1, 0)), any(g()), all(g()))
def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)
print(sum(tree(5)), list(tree(3)), max(tree(6)))
def failing():
    yield 1
    raise KeyError('inside')
for f in (sum, list, tuple, sorted, max, any, lambda it: ''.join(str(x) for x in it)):
    try:
        print(f(failing()))
    except KeyError as error:
        print(type(error).__name__, error)
it = h(10)
print(any(x == 3 for x in it), next(it), sum(it), list(it))
it = h(5)
next(it)
print(sum(it), sum(it))
for f in (min, max):
    try:
        f(g())
    except ValueError as error:
        print(error)
try:
    sum(g('a', 'b'))
except TypeError as error:
    print(error)
try:
    sum(g(1), 'a')
except TypeError as error:
    print(error)
class N:
    def __init__(self, v): self.v = v
    def __add__(self, o): return N(self.v + getattr(o, 'v', o))
    def __radd__(self, o): return N(self.v + o)
    def __gt__(self, o): return self.v > o.v
    def __lt__(self, o): return self.v < o.v
    def __bool__(self): return self.v > 1
print(sum(g(N(1), N(2), 3)).v, max(g(N(1), N(5), N(2))).v, min(g(N(4), N(5))).v, any(N(i) for i in range(3)), all(N(i) for i in range(2, 4)))
def own():
    me = yield 0
    yield 1
    try:
        next(gen)
    except ValueError as error:
        yield 5 if 'already' in str(error) else 6
gen = own()
print(sum(gen))
print(sum(2 ** 62 for _ in range(4)), sum(x > 1 for x in range(5)), sum(g(1, 2.5, True)))
def sends():
    got = yield 1
    yield 2 if got is None else 3
print(list(sends()))
print(sum(x * y for x in range(3) for y in h(x)), [sum(h(n)) for n in range(4)], dict(zip(h(3), both(1))))
print(max((len(s), s) for s in g('aa', 'b')), sorted(g(3, 1), reverse=True), max(g(1, 2), key=lambda v: -v))
def cleans():
    try:
        yield 1
        yield 0
    finally:
        print('cleaned')
print(all(cleans()))
