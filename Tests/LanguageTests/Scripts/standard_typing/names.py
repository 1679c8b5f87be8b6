from typing import List, Dict, Optional, Union, Any, Callable, Tuple, Iterable, TypeVar, Generic, NamedTuple, Literal, cast, TYPE_CHECKING, Protocol, TypedDict, NewType, Sequence
Vector = List[float]
print(Vector, Dict[str, int], Optional[int], Union[int, str], Union[int, None], Tuple[int, ...], Callable[[int, str], bool], List, Any, Literal["a", 1])
def f(x: Vector, y: Optional[Dict[str, int]] = None, *, z: "Undefined" = 3) -> Union[int, str]:
    v: List[int] = [1]
    return x
print(f([1.0]), cast(int, "3"), TYPE_CHECKING)
T = TypeVar("T")
class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: List[T] = []
    def push(self, item: T) -> None: self.items.append(item)
    def pop(self) -> T: return self.items.pop()
s = Stack[int]()
s.push(3)
print(s.pop(), T, Stack.__name__)
class P(NamedTuple):
    x: int
    y: int = 5
    def total(self): return self.x + self.y
p = P(1)
print(p, p.total(), p._fields, P(1, 2) == (1, 2), p._asdict(), P._field_defaults, isinstance(p, tuple))
x, y = P(7, 8)
print(x, y)
class Movie(TypedDict):
    name: str
    year: int
m: Movie = {"name": "X", "year": 1}
print(m, Movie(name="Y", year=2), type(Movie(name="z", year=3)).__name__)
class Drawable(Protocol):
    def draw(self) -> str: ...
class Circle:
    def draw(self): return "o"
def show(d: Drawable) -> str: return d.draw()
UserId = NewType("UserId", int)
print(show(Circle()), UserId(5), NamedTuple("Q", [("a", int), ("b", str)])(1, "z"))
print(list[int], dict[str, int], Union[int, str] == Union[int, str], Optional[Union[int, str]])
