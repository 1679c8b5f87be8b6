import typing
from typing import TypeVar, List, Dict, Optional, Union, Tuple, Callable, Any, Iterable, Sequence, Iterator, Generator, Mapping, Type, Literal, Final, ClassVar, Set, FrozenSet, DefaultDict, Deque, Counter, get_origin, get_args, cast, TYPE_CHECKING, Generic, NamedTuple, TypedDict, Protocol, runtime_checkable, NewType, overload, get_type_hints, final, no_type_check, Hashable, Annotated, NoReturn, Text, AnyStr, SupportsInt, Self, ForwardRef
print(Union[int, str] == Union[str, int])
print(Optional[int] == Union[int, None])
print(List[int] == List[int])
print(hash(List[int]) == hash(List[int]))
print(Union[int, int])
print(Union[Union[int, str], float])
print(Optional[Optional[int]])
print(int | 'A' if False else '')
print(typing.List is List)
print(list[int] == list[int])
print({list[int]: 1}[list[int]])
