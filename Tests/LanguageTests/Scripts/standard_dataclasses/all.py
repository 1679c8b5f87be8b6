from dataclasses import dataclass, field, asdict, astuple, replace, fields, FrozenInstanceError, InitVar, KW_ONLY, is_dataclass, make_dataclass
from typing import List, ClassVar
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    c: ClassVar[int] = 5
p = P(1); q = P(1, 0, []); print(p, p == q, p != P(2), asdict(p), astuple(p), replace(p, x=9), [f.name for f in fields(p)], is_dataclass(P))
try: P()
except TypeError as e: print(e)
try: P(1, 2, [], 4)
except TypeError as e: print(e)
try: p < q
except TypeError as e: print(e)
@dataclass(order=True, frozen=True)
class O:
    sort: int
    name: str = field(compare=False, default='n')
print(O(1) < O(2), sorted([O(2), O(1)]), hash(O(1)) == hash(O(1, 'z')), {O(1): 1}[O(1, 'q')])
try: O(1).sort = 5
except FrozenInstanceError as e: print(type(e).__name__, e)
try: del O(1).sort
except FrozenInstanceError as e: print(e)
@dataclass
class I:
    a: int
    b: InitVar[int] = 2
    total: int = field(init=False)
    hidden: str = field(default='h', repr=False)
    def __post_init__(self, b): self.total = self.a + b
print(I(1, 5), I(1).hidden)
@dataclass
class Base:
    a: int = 1
@dataclass
class D(Base):
    b: int = 2
print(D(), D(5, 6), D.__match_args__)
@dataclass(eq=False, repr=False)
class N: a: int = 1
print(N() == N(), repr(N()).startswith('<'))
@dataclass
class K:
    a: int
    _: KW_ONLY
    b: int = 3
print(K(1, b=4))
try: K(1, 4)
except TypeError as e: print(e)
try:
    @dataclass
    class Bad:
        a: int = 1
        b: int
except TypeError as e: print(e)
try:
    @dataclass
    class Bad2:
        a: list = []
except ValueError as e: print(e)
print(make_dataclass('MD', ['x', ('y', int, field(default=5))])(1))
@dataclass(slots=False, kw_only=True)
class KW: a: int; b: int = 2
print(KW(a=1))
