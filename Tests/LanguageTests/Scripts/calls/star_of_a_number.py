def show(*args):
    return args


try:
    show(0, *1)
except TypeError as error:
    print(error)
show(*1)
