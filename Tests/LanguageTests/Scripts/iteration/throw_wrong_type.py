def f():
    yield 1
f().throw(5)
