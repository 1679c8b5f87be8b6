from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum
class C(Enum):
    RED = 1
    GREEN = 'g'
    CRIMSON = 1
    @property
    def low(self): return self.name.lower()
    @classmethod
    def first(cls): return list(cls)[0]
print(C.RED, repr(C.RED), C.RED.name, C.RED.value, C(1), C['GREEN'], list(C), C.CRIMSON is C.RED, C.RED == 1, C.RED.low, C.first(), len(C), C.RED in C, isinstance(C.RED, C), {C.RED: 1}, C.__members__, type(C.RED), C.RED != C.GREEN, hash(C.RED) == hash(C.RED))
for f in (lambda: C(5), lambda: C['X'], lambda: C.FOO, lambda: setattr(C, 'RED', 5), lambda: C.RED < C.GREEN):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class I(IntEnum): A = auto(); B = auto(); Z = 10
print(I.A + 1, I.B > I.A, I.Z, repr(I.Z), I(2), sorted(I), f'{I.A}', '%d' % I.B, int(I.A), I.A == 1)
class F(Flag): R = auto(); W = auto(); X = auto(); RW = R | W
print(F.R | F.W, F.RW, F.R & F.RW, ~F.R, F.R in F.RW, F(5), F(0), bool(F(0)), F.RW.value, repr(F.R | F.X), list(F.RW))
class S(StrEnum): A = auto(); B = 'bee'
print(S.A, S.B, S.A == 'a', S.B.upper(), repr(S.A))
try:
    @unique
    class U(Enum): A = 1; B = 1
except ValueError as e: print(e)
class P(Enum):
    E = (1, 2)
    def __init__(self, a, b): self.a = a; self.b = b
print(P.E.a, P.E.value, P((1, 2)))
A = Enum('A', 'X Y'); print(list(A), A.Y.value)
