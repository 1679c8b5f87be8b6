def f():
    try:
        yield 1
    except ValueError as e:
        print("caught", e)
        yield 2
    yield 3
g = f()
print(next(g), g.throw(ValueError("x")), next(g))
g = f()
next(g)
print(g.throw(ValueError, "y"))
g.throw(KeyError("k"))
