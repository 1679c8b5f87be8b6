from typing import TypeVar, List, Dict, Optional, Union, Tuple, Callable, Any, Iterable, Sequence, Iterator, Generator, Mapping, Type, Literal, Final, ClassVar, Set, FrozenSet, DefaultDict, Deque, Counter, get_origin, get_args, cast, TYPE_CHECKING, Generic, NamedTuple, TypedDict, Protocol, runtime_checkable, NewType, overload, get_type_hints, final, no_type_check, Hashable, Annotated, NoReturn, Text, AnyStr, SupportsInt, Self, ForwardRef

def h(a: int, b: 'str'='x', *c: float, **d: Any) -> Optional[int]:
    pass

print(h.__annotations__, get_type_hints(h))

class A:
    x: int = 1
    y: 'str'

print(A.__annotations__)

def reveal(*, a: Literal['x', 'y']='x') -> 'A':
    ...

print(reveal.__annotations__)
