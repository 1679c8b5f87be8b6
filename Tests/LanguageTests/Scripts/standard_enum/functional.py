from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum
A = Enum('A', 'x y z')
print(list(A), A.x.value)
B = Enum('B', {'p': 5, 'q': 6})
print(list(B))
C = Enum('C', ['m', 'n'])
print(C.m)
D = IntEnum('D', 'a b', start=0)
print(list(D))
