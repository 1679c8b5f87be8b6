for base in (bool, range, slice, type(None)):
    try:
        class X(base): pass
    except TypeError as error:
        print(error)
