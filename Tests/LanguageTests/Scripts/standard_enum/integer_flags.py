from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum

class IF(IntFlag):
    A = 1
    B = 2
    C = 4

print(IF.A | IF.B)
print(repr(IF.A | IF.B))
print(IF.A | 8)
print(repr(IF.A | 8))
print(IF(3) & 1)
print(~IF.A)
print(IF.A + 1)
print(IF(0))
print(repr(IF(0)))
print(IF.C == 4)
print(IF.A in IF.A | IF.B)
print(IF(7))
print(list(IF(5)))
print(IF['A'])
print(IF.A.value)
print(IF(9))
