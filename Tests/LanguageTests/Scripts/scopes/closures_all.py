def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    def get(): return n
    return inc, get
i, g = counter(); i(); i(); print(g(), i.__closure__ is not None)
def outer(x):
    def mid():
        def inner(): return x * 2
        return inner
    return mid
print(outer(5)()())
x = 1
def f():
    global x
    x = 2
f(); print(x)
def g2():
    try: print(v)
    except UnboundLocalError as e: print(e)
    v = 1
g2()
def h():
    def k(): return later
    try: k()
    except NameError as e: print(e)
    later = 5
    return k()
print(h())
def d():
    x = 1
    del x
    try: x
    except UnboundLocalError as e: print(e)
d()
