def outer():
    yield from [1, 2]


generator = outer()
next(generator)
generator.send(5)
