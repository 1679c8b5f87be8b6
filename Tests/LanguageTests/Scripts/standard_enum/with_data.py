from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum

class Planet(Enum):
    EARTH = (5.976e+24, 6378140.0)
    MARS = (6.421e+23, 3397200.0)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def g(self):
        return round(6.673e-11 * self.mass / self.radius ** 2, 2)

    def describe(self):
        return self.name.title()

    @classmethod
    def first(cls):
        return cls.EARTH

    def __str__(self):
        return f'P({self.name})'

print(Planet.EARTH.g)
print(Planet.MARS.describe())
print(Planet.first())
print(Planet.EARTH.value)
print(repr(Planet.MARS))
print(f'{Planet.MARS}')
print('%s' % Planet.MARS)
