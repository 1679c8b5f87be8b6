def compose(*fs):
    def inner(x):
        for f in reversed(fs): x = f(x)
        return x
    return inner
print(compose(str, lambda x: x + 1, abs)(-5))
def memo(f, cache={}):
    def w(n):
        if n not in cache: cache[n] = f(n)
        return cache[n]
    return w
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50))
def gen():
    x = 0
    def inc():
        nonlocal x
        x += 1
        return x
    while True: yield inc()
g = gen(); print(next(g), next(g), next(g))
def kwonly(*, a=1, **rest): return a, rest
print(kwonly(b=2), kwonly(a=5), (lambda *args: args)(1, 2), (lambda x=[]: x)(), (lambda: (yield))().__class__.__name__)
acts = {'add': lambda a, b: a + b, 'mul': lambda a, b: a * b}; print({k: v(3, 4) for k, v in acts.items()})
def curry(f): return lambda a: lambda b: f(a, b)
print(curry(max)(3)(7), list(map(lambda t: t[0] * t[1], zip([1, 2], [3, 4]))), sorted('banana', key='nab'.index), (lambda n: (lambda f: f(f, n))(lambda f, n: 1 if n <= 1 else n * f(f, n - 1)))(5))
