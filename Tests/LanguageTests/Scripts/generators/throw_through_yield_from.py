def inner():
    try:
        yield 1
    except ValueError as error:
        print("inner", error)
        yield "handled"
    return "result"


def outer():
    try:
        result = yield from inner()
        print("result", result)
    finally:
        print("finally")


generator = outer()
print(next(generator), generator.throw(ValueError("one")))
try:
    next(generator)
except StopIteration as stop:
    print("stopped", stop.value)
generator = outer()
next(generator)
generator.close()
generator = outer()
next(generator)
generator.throw(KeyError("two"))
