def once():
    yield 1
    return 5


generator = once()
next(generator)
for _ in range(2):
    try:
        next(generator)
    except StopIteration as stop:
        print(repr(stop), stop.value)
