from typing import TypeVar, List, Dict, Optional, Union, Tuple, Callable, Any, Iterable, Sequence, Iterator, Generator, Mapping, Type, Literal, Final, ClassVar, Set, FrozenSet, DefaultDict, Deque, Counter, get_origin, get_args, cast, TYPE_CHECKING, Generic, NamedTuple, TypedDict, Protocol, runtime_checkable, NewType, overload, get_type_hints, final, no_type_check, Hashable, Annotated, NoReturn, Text, AnyStr, SupportsInt, Self, ForwardRef

class P(NamedTuple):
    x: int
    y: float = 0.5

    def total(self):
        return self.x + self.y

p = P(1)
print(p)
print(p.x)
print(p._asdict())
print(p.total())
print(P._fields)
print(P._field_defaults)
print(p == (1, 0.5))
print(P.__annotations__)
Q = NamedTuple('Q', [('a', int), ('b', str)])
print(Q(1, 'z'))
