from collections.abc import Iterable, Iterator, Sized, Callable, Hashable, Mapping, Sequence, MutableMapping, Generator, Set, Container, MutableSequence
import collections.abc
def gen(): yield 1
for v in [1, "s", [1], (1,), {1: 2}, {1}, range(3), iter([1]), gen(), len, print, None, b"x"]:
    print(type(v).__name__, [isinstance(v, c) for c in (Iterable, Iterator, Sized, Callable, Hashable, Mapping, Sequence, MutableMapping, Generator, Set, Container)])
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(isinstance(It(), Iterator), isinstance(It(), Iterable), list(It()), isinstance(3, collections.abc.Iterable))
class Up(Iterator):
    def __init__(self): self.i = 0
    def __next__(self):
        self.i += 1
        if self.i > 2: raise StopIteration
        return self.i
print(list(Up()), isinstance(Up(), Iterator))
class M(Mapping):
    def __init__(self, d): self.d = d
    def __getitem__(self, k): return self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M({"a": 1, "b": 2})
print(m["a"], m.get("z", 0), "b" in m, "q" in m, list(m.keys()), list(m.items()), len(m), dict(m), m == {"a": 1, "b": 2}, isinstance(m, Mapping))
class S(Sequence):
    def __getitem__(self, i):
        if i >= 3: raise IndexError(i)
        return i * 10
    def __len__(self): return 3
s = S()
print(list(s), 20 in s, s.index(10), s.count(0), list(reversed(s)))
try:
    class Bad(Mapping): pass
    Bad()
except TypeError as e:
    print(e)
class D(MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
d = D()
d["x"] = 1
d.update(y=2)
print(d.pop("x"), d.setdefault("z", 3), dict(d), d.pop("nope", None), "y" in d)
