def save(path, *, mode):
    pass


try:
    save("a", "b", mode="c")
except TypeError as error:
    print(error)


def load(path, kind=1, *, mode=2, other=3):
    pass


load(1, 2, 3, 4, mode=5, other=6)
