from functools import wraps, total_ordering, cmp_to_key, cached_property, singledispatch
def log(f):
    @wraps(f)
    def wrapper(*args, **kwargs):
        "inner doc"
        return ["log", f(*args, **kwargs)]
    return wrapper
@log
def add(a, b):
    "Adds."
    return a + b
print(add(1, 2), add.__name__, add.__doc__, add.__wrapped__(3, 4))
@total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
print(V(1) < V(2), V(1) <= V(1), V(3) > V(2), V(3) >= V(4), sorted([V(3), V(1)], key=lambda v: v.n)[0].n, max(V(1), V(5)).n)
@total_ordering
class G:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __ge__(self, o): return self.n >= o.n
print(G(1) < G(2), G(1) <= G(1), G(3) > G(2), G(3) >= G(4))
try:
    @total_ordering
    class Bad: pass
except ValueError as e:
    print(e)
print(sorted([5, 2, 9, 1], key=cmp_to_key(lambda a, b: b - a)), sorted(["bb", "a", "ccc"], key=cmp_to_key(lambda a, b: len(a) - len(b))))
class C:
    count = 0
    @cached_property
    def value(self):
        C.count += 1
        return 42
c = C()
print(c.value, c.value, C.count, c.__dict__)
@singledispatch
def show(x): return f"object {x}"
@show.register(int)
def _(x): return f"int {x}"
@show.register(list)
def _(x): return f"list of {len(x)}"
print(show("s"), show(3), show([1, 2]), show(True), show.dispatch(float)(2.5))
