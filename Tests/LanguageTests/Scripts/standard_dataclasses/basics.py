from dataclasses import dataclass, field, fields, asdict, astuple, replace, is_dataclass, FrozenInstanceError, make_dataclass, KW_ONLY, InitVar
from typing import List, ClassVar, Optional
@dataclass
class Point:
    x: int
    y: int = 0
    def norm(self): return (self.x ** 2 + self.y ** 2) ** 0.5
p = Point(3, 4)
print(p, p.norm(), p == Point(3, 4), p != Point(1), Point(5), Point(x=1, y=2), Point(1) == (1, 0), asdict(p), astuple(p), replace(p, y=9))
@dataclass
class Bag:
    name: str
    items: List[int] = field(default_factory=list)
    count: int = field(default=5, repr=False)
    total: ClassVar[int] = 7
    tag: Optional[str] = None
a, b = Bag("a"), Bag("b", [1])
a.items.append(3)
print(a, b, a.count, Bag.total, [f.name for f in fields(Bag)], fields(a)[1].default_factory, is_dataclass(Bag), is_dataclass(a), is_dataclass(3))
@dataclass(frozen=True)
class Frozen:
    x: int
    y: str = "q"
f = Frozen(1)
print(f, hash(f) == hash(Frozen(1)), {f: 2}[Frozen(1)], len({Frozen(1), Frozen(1), Frozen(2)}))
for bad in [lambda: setattr(f, "x", 3), lambda: delattr(f, "x"), lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=3), lambda: Point(1, x=2), lambda: hash(p), lambda: p < Point(1, 1), lambda: asdict(3), lambda: replace(p, q=3), lambda: fields(3)]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
@dataclass(order=True)
class V:
    major: int
    minor: int = 0
    note: str = field(default="", compare=False)
print(sorted([V(2), V(1, 5), V(1, 2)]), V(1) < V(1, 1), V(1, note="a") == V(1, note="b"), max(V(1), V(3)), V(2) >= V(2))
@dataclass
class Base:
    a: int
    b: int = 1
@dataclass
class Child(Base):
    c: int = 2
    def __post_init__(self):
        self.sum = self.a + self.b + self.c
c = Child(1)
print(c, c.sum, Child(1, 2, 3), [f.name for f in fields(Child)], isinstance(c, Base))
@dataclass
class Rect:
    w: float
    h: float
    area: float = field(init=False)
    scale: InitVar[int] = 1
    def __post_init__(self, scale):
        self.area = self.w * self.h * scale
print(Rect(2, 3), Rect(2, 3, 10).area)
@dataclass
class K:
    a: int
    _: KW_ONLY
    b: int = 2
    c: int = 3
print(K(1), K(1, c=9))
@dataclass(kw_only=True)
class KK:
    a: int = 1
    b: int
print(KK(b=5))
for src in ["mutable", "order"]:
    try:
        if src == "mutable":
            @dataclass
            class Bad:
                x: list = []
        else:
            @dataclass
            class Bad2:
                x: int = 1
                y: int
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
D = make_dataclass("D", [("x", int), ("y", int, 5)])
print(D(1), D(1, 2) == D(1, 2))
@dataclass
class Tree:
    v: int
    kids: list = field(default_factory=list)
t = Tree(1, [Tree(2), Tree(3, [Tree(4)])])
print(t, asdict(t), astuple(t))
@dataclass(repr=False, eq=False)
class Plain:
    x: int
    def __repr__(self): return f"<{self.x}>"
print(Plain(3), Plain(1) == Plain(1), Point.__match_args__)
@dataclass(unsafe_hash=True)
class H:
    x: int
print(hash(H(1)) == hash(H(1)))
