for e in [ValueError(), ValueError("x"), ValueError("x", 1), KeyError("k"), KeyError(1, 2), StopIteration(5), Exception(None), ZeroDivisionError("d")]:
    print(str(e), repr(e), e.args)
