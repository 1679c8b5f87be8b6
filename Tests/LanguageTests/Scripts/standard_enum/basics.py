from enum import Enum, IntEnum, StrEnum, auto, unique
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["BLUE"], list(Color), len(Color), Color)
print(Color.RED is Color(1), Color.RED == Color.RED, Color.RED == 1, Color.RED != Color.BLUE, Color.RED in Color, isinstance(Color.RED, Color), type(Color.RED))
print({Color.RED: "r"}[Color.RED], [c.name for c in Color], [c.value for c in reversed(Color)], f"{Color.GREEN}", str(Color.GREEN), "%s" % Color.RED)
print(Color.__members__, hash(Color.RED) == hash(Color.RED), Color.RED.__class__.__name__)
for bad in [lambda: Color(9), lambda: Color["PINK"], lambda: Color.PINK, lambda: Color.RED < Color.BLUE, lambda: Color.RED + 1]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
try:
    Color.RED = 5
except AttributeError as e:
    print("AttributeError", e)
class A(Enum):
    X = auto()
    Y = auto()
    Z = 10
    W = auto()
print(list(A))
class Alias(Enum):
    ONE = 1
    UNO = 1
    TWO = 2
print(Alias.UNO, Alias.UNO is Alias.ONE, list(Alias), len(Alias), list(Alias.__members__))
try:
    @unique
    class U(Enum):
        A = 1
        B = 1
except ValueError as e:
    print(e)
class Planet(Enum):
    EARTH = (5.976e24, 6.37814e6)
    MARS = (6.421e23, 3.3972e6)
    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius
    @property
    def gravity(self):
        return round(6.67e-11 * self.mass / self.radius ** 2, 2)
    def describe(self):
        return f"{self.name}: {self.gravity}"
print(Planet.EARTH.mass, Planet.MARS.gravity, Planet.EARTH.describe(), Planet((6.421e23, 3.3972e6)))
class Mood(Enum):
    HAPPY = "happy"
    SAD = "sad"
    @classmethod
    def default(cls):
        return cls.HAPPY
    def __str__(self):
        return self.value.title()
print(Mood.default(), str(Mood.SAD), repr(Mood.SAD), f"{Mood.HAPPY}")
try:
    class More(Color):
        PINK = 4
except TypeError as e:
    print(e)
F = Enum("F", "A B C")
print(list(F), F.B.value, Enum("G", {"X": 10, "Y": 20}).Y)
print(sorted(Color, key=lambda c: -c.value), max(Color, key=lambda c: c.value), [Color(i) for i in (3, 1)])
class WithMissing(Enum):
    A = "a"
    @classmethod
    def _missing_(cls, value):
        return cls.A if value == "?" else None
print(WithMissing("?"), WithMissing("a"))
