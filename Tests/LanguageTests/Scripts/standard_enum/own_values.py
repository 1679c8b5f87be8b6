from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum

class Auto(Enum):

    def _generate_next_value_(name, start, count, last_values):
        return name.lower()
    X = auto()
    Y = auto()

print(list(Auto))
