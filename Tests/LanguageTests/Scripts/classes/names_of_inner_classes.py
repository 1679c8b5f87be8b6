def make():
    class Inner(Exception):
        pass

    return Inner


class Outer:
    class Nested:
        pass


print(make(), make().__qualname__, make().__name__, Outer.Nested, Outer.Nested.__qualname__)
