from typing import TypeVar, List, Dict, Optional, Union, Tuple, Callable, Any, Iterable, Sequence, Iterator, Generator, Mapping, Type, Literal, Final, ClassVar, Set, FrozenSet, DefaultDict, Deque, Counter, get_origin, get_args, cast, TYPE_CHECKING, Generic, NamedTuple, TypedDict, Protocol, runtime_checkable, NewType, overload, get_type_hints, final, no_type_check, Hashable, Annotated, NoReturn, Text, AnyStr, SupportsInt, Self, ForwardRef
try:
    List[int]()
except TypeError as e:
    print(e)
print(List[int]([1]) if False else '')
print(list[int]([1, 2]))
print(dict[str, int](a=1))
try:
    isinstance([], list[int])
except TypeError as e:
    print(e)
try:
    isinstance([], List[int])
except TypeError as e:
    print(e)
try:
    Union[()]
except TypeError as e:
    print(e)
try:
    int[str]
except TypeError as e:
    print(e)
try:
    Optional[int, str]
except TypeError as e:
    print(e)
try:
    List[int, str]
except TypeError as e:
    print(e)
try:
    Any()
except TypeError as e:
    print(e)
