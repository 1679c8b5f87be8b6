def work():
    if False:
        rows = []
    return [rows for _ in range(2)]


try:
    work()
except NameError as error:
    print(type(error).__name__, error)


def twice():
    for _ in range(2):
        value = 1
        del value
        if _ == 1:
            del value


twice()
