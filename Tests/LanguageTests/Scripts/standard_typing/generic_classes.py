from typing import TypeVar, List, Dict, Optional, Union, Tuple, Callable, Any, Iterable, Sequence, Iterator, Generator, Mapping, Type, Literal, Final, ClassVar, Set, FrozenSet, DefaultDict, Deque, Counter, get_origin, get_args, cast, TYPE_CHECKING, Generic, NamedTuple, TypedDict, Protocol, runtime_checkable, NewType, overload, get_type_hints, final, no_type_check, Hashable, Annotated, NoReturn, Text, AnyStr, SupportsInt, Self, ForwardRef
T = TypeVar('T')
K = TypeVar('K', int, str)
B = TypeVar('B', bound=int)

class Stack(Generic[T]):

    def __init__(self):
        self.items: List[T] = []

    def push(self, x: T) -> None:
        self.items.append(x)

    def pop(self) -> T:
        return self.items.pop()

s = Stack[int]()
s.push(1)
print(s.items, Stack[int], Stack)
