for value in (1, "a", (1,), None, {1}, range(3)):
    try:
        del value[0]
    except TypeError as error:
        print(error)
del (1, 2)["a"]
