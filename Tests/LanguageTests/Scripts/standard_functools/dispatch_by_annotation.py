from functools import singledispatch

@singledispatch
def show(value):
    return 'object'

@show.register
def _(value: int):
    return 'int'

@show.register(str)
def _(value):
    return 'str'

print(show(1), show('a'), show(1.5), show(True))
