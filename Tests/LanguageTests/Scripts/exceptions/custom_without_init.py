class Simple(ValueError):
    pass
print(repr(Simple("a", 2)), str(Simple()), Simple.__name__, issubclass(Simple, Exception), Simple.__mro__[1].__name__)
raise Simple("message")
