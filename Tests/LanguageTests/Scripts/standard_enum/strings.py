from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum

class S(StrEnum):
    ONE = auto()
    TWO = 'deux'

print(S.ONE)
print(repr(S.TWO))
print(S.TWO == 'deux')
print(S.ONE.upper())
print(f'{S.ONE}')
print('x' + S.TWO)
print(len(S.TWO))
