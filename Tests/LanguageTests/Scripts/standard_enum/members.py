from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum

class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

print(Color.RED)
print(repr(Color.RED))
print(Color.RED.name)
print(Color.RED.value)
print(Color(2))
print(Color['BLUE'])
print(Color.CRIMSON)
print(list(Color))
print(len(Color))
print(Color.RED in Color)
print(Color.__members__)
print(type(Color.RED))
print(Color)
print(Color.RED == 1)
print(Color.RED is Color(1))
print(hash(Color.RED) == hash(Color.RED))
print(isinstance(Color.RED, Color))
for name, m in Color.__members__.items():
    print(name, m)
