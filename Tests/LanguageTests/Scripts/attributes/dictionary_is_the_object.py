class Bunch(dict):
    def __init__(self, *args, **named):
        super().__init__(*args, **named)
        self.__dict__ = self

b = Bunch(a=1)
print(b.a, b)
b.b = 2
print(b, b['b'], hasattr(b, 'c'))
b['c'] = 3
print(b.c)
del b.a
print(b, len(b))
