class Base:
    pass


class Derived(Base):
    def __init__(self, value):
        super().__init__(value)


Derived(1)
