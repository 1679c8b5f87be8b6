try:
    [].nothing
except AttributeError as e:
    print(e, e.name, e.obj)
None.nothing
