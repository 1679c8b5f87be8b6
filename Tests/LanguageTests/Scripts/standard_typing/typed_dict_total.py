from typing import TypedDict, NamedTuple
class TD(TypedDict, total=False):
    a: int
    b: str
x: TD = {'a': 1}
print(x, TD(a=1, b='x'), TD.__annotations__, TD.__total__, TD.__name__)
class P(TypedDict):
    n: int
print(P(n=1), P.__total__)
Q = TypedDict('Q', {'a': int})
print(Q(a=3))
class N(NamedTuple):
    x: int
    y: str = 'q'
print(N(1), N(1)._asdict(), N._fields, N._field_defaults)
