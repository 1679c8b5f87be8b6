def g():
    yield 1
x = g()
print(x.gi_running, x.gi_frame is not None, x.gi_code.co_name, x.gi_yieldfrom, x.__name__, x.__qualname__)
list(x)
print(x.gi_frame)
