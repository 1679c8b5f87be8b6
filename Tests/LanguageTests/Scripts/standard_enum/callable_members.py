from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum

class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

class Op(Enum):
    ADD = 'add'

    def __call__(self, a, b):
        return a + b

print(Op.ADD(1, 2))
print({Color.RED: 'r'}[Color.RED])
print(Color.RED in {Color.RED})
