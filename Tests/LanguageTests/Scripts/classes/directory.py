class Plain:
    rate = 1

    def step(self):
        pass


plain = Plain()
plain.own = 1
print([name for name in dir(plain) if not name.startswith("_")])
print(dir(Plain)[:5], "__dict__" in dir(plain), "__qualname__" in dir(Plain), dir(None))
print(dir([])[:5], "__add__" in dir(1), len(dir("")), hasattr(print, "__call__"), Plain.__subclasses__())
