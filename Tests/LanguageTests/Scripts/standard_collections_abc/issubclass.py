from collections.abc import Sequence, Mapping, MutableSequence, MutableMapping, Set, MutableSet, Iterable, Iterator, Sized, Container, Hashable, Callable, Collection, Reversible, Generator
for t in (list, tuple, str, dict, set, frozenset, range, bytes, int, float):
    print(t.__name__, [a.__name__ for a in (Sequence, MutableSequence, Mapping, MutableMapping, Set, MutableSet, Iterable, Iterator, Sized, Container, Hashable, Callable, Collection, Reversible) if issubclass(t, a)])
print(isinstance([], Sequence), isinstance({}, Mapping), isinstance(iter([]), Iterator), isinstance((x for x in []), Generator), isinstance(len, Callable), isinstance(3, Hashable), isinstance([], Hashable))
class A:
    def __len__(self): return 0
    def __iter__(self): return iter([])
    def __contains__(self, x): return False
print(issubclass(A, Sized), issubclass(A, Iterable), issubclass(A, Collection), issubclass(A, Sequence), isinstance(A(), Container))
