from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum

class P(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W

print(P.R | P.X)
print(repr(P.R | P.X))
print(P.RW)
print(P.R in P.RW)
print(bool(P.R & P.W))
print(P.R & P.W)
print(~P.R)
print(list(P.RW))
print(P(7))
print(P(0))
print(repr(P(0)))
print(P.R ^ P.RW)
print(list(P))
print(len(P.RW))
try:
    P(8)
except ValueError as e:
    print(e)
