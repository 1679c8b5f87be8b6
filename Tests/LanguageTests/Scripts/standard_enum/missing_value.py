from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum

class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

class W(Enum):
    MON = 0
    TUE = 1

    @classmethod
    def _missing_(cls, v):
        return cls.MON

print(W(77))
print(Color.RED.__class__)
print(Color.__name__)
print(Color.RED._value_)
print(Color.RED._name_)
