from typing import List, Dict, Optional, Union, Any, Callable, Tuple, TypeVar, Generic, Iterable, Literal, Final, Protocol, NamedTuple, cast, get_type_hints, overload, Annotated
T = TypeVar('T')
print(List[int], Dict[str, int], Optional[int], Union[int, str], Any, Callable[[int], str], Tuple[int, ...], T, list[int], dict[str, list[int]], int | str, int | None, Optional[Union[int, None]], Literal['a', 1], Annotated[int, 'x'], Union[int, int], Callable[..., int], tuple[()], type[int])
class Stack(Generic[T]):
    def __init__(self) -> None: self.items: List[T] = []
    def push(self, x: T) -> None: self.items.append(x)
s: Stack[int] = Stack(); s.push(1); print(s.items, Stack[int])
class Named(NamedTuple):
    x: int
    y: int = 0
print(Named(1), Named._fields, Named(1)._replace(y=5), cast(int, 'a'), Named.__annotations__)
def f(a: int, b: Optional[str] = None) -> List[int]: ...
print(get_type_hints(f), f.__annotations__, isinstance(1, int | str), list[int] == list[int])
x: int = 5; y: 'str'; print(x)
class P(Protocol):
    def run(self) -> int: ...
print(P.__name__)
