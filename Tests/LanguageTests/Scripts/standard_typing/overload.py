from typing import TypeVar, List, Dict, Optional, Union, Tuple, Callable, Any, Iterable, Sequence, Iterator, Generator, Mapping, Type, Literal, Final, ClassVar, Set, FrozenSet, DefaultDict, Deque, Counter, get_origin, get_args, cast, TYPE_CHECKING, Generic, NamedTuple, TypedDict, Protocol, runtime_checkable, NewType, overload, get_type_hints, final, no_type_check, Hashable, Annotated, NoReturn, Text, AnyStr, SupportsInt, Self, ForwardRef

@overload
def g(x: int) -> int:
    ...

@overload
def g(x: str) -> str:
    ...

def g(x):
    return x

print(g(3))
