class B:
    def __init__(self, values):
        self.__dict__ = values

b = B({'m': 1})
print(b.m, b.__dict__)
b.n = 2
print(b.n, hasattr(b, 'o'))
try:
    b.__dict__ = 5
except TypeError as error:
    print(error)
