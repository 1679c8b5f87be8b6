from enum import IntEnum, Flag, IntFlag, StrEnum, auto
import json
class P(IntEnum):
    LOW = 1
    HIGH = 3
print(P.LOW, repr(P.LOW), P.LOW + 1, P.HIGH > P.LOW, P.LOW == 1, P.HIGH * 2, [10, 20, 30, 40][P.HIGH], isinstance(P.LOW, int), int(P.HIGH), f"{P.LOW}", f"{P.LOW:03d}", "%d" % P.HIGH)
print(max(P), sorted([P.HIGH, P.LOW]), {1: "x"}[P.LOW], P.LOW < 2, 5 - P.LOW, P.HIGH / 2, -P.LOW, abs(P.LOW), sum(P), P(3), range(P.HIGH), json.dumps({"p": P.LOW, "q": [P.HIGH]}))
class S(StrEnum):
    A = auto()
    B = "bee"
print(S.A, repr(S.B), S.A == "a", S.B.upper(), S.B + "!", f"{S.A}-{S.B}", isinstance(S.A, str), len(S.B), S("bee"))
class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
rw = Perm.R | Perm.W
print(rw, repr(rw), rw.value, Perm.R in rw, Perm.X in rw, bool(rw & Perm.X), rw & Perm.R, rw ^ Perm.R, ~Perm.R, list(Perm), Perm(5), Perm.R | Perm.X, Perm(0), rw is Perm.RW, list(rw), len(rw), Perm.X.name)
class F(IntFlag):
    A = 1
    B = 2
    C = 4
print(F.A | F.B, repr(F.A | F.C), F.A | 2, (F.A | F.B) == 3, F.B + 1, F(6), int(F.C), F.A in F.A | F.B)
for bad in [lambda: Perm(99), lambda: Perm.R | 2, lambda: P("x"), lambda: P(2)]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
