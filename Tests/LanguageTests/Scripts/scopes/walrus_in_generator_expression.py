any((w := x) > 2 for x in range(5))
print(w)
def f():
    print(any((w := x) > 2 for x in range(5)), w)
f()
def g():
    y = list((w := x) for x in range(5))
    return w
print(g())
