from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum
try:

    @unique
    class U(Enum):
        A = 1
        B = 1
except ValueError as e:
    print(e)
