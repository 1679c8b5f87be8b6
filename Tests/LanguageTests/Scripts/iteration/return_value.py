def f():
    yield 1
    return "result"
g = f()
next(g)
try:
    next(g)
except StopIteration as e:
    print(repr(e.value), e.args)
def outer():
    value = yield from f()
    print("got", value)
print(list(outer()))
g = f()
next(g)
try:
    g.send(None)
except StopIteration as e:
    print(e.value)
try:
    g.send(None)
except StopIteration as e:
    print(e.value)
