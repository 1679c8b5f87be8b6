from collections.abc import Mapping
class M(Mapping):
    def __init__(self, d): self.d = d
    def __getitem__(self, k): return self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M({'a': 1, 'b': 2}); print(list(m.items()), 'a' in m, m.get('z', 5), list(m.keys()), m == {'a': 1, 'b': 2}, dict(m), len(m), list(m.values()), m == M({'a': 1}))
from collections.abc import Sequence, MutableSequence, MutableMapping, Set
class S(Sequence):
    def __init__(self, *a): self.a = a
    def __getitem__(self, i): return self.a[i]
    def __len__(self): return len(self.a)
s = S(1, 2, 3); print(list(s), 2 in s, s.index(3), s.count(1), list(reversed(s)))
try: Mapping()
except TypeError as e: print(e)
class ML(MutableSequence):
    def __init__(self): self.l = []
    def __getitem__(self, i): return self.l[i]
    def __setitem__(self, i, v): self.l[i] = v
    def __delitem__(self, i): del self.l[i]
    def __len__(self): return len(self.l)
    def insert(self, i, v): self.l.insert(i, v)
l = ML(); l.append(1); l.extend([2, 3]); l += [4]; l.reverse(); print(list(l), l.pop(), l.pop(0)); l.remove(3); print(list(l)); l.clear(); print(len(l))
class DM(MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
d = DM(); d['a'] = 1; d.update(b=2); print(d.pop('a'), d.setdefault('c', 3), dict(d), d.popitem(), len(d))
class SS(Set):
    def __init__(self, it): self.s = list(dict.fromkeys(it))
    def __contains__(self, x): return x in self.s
    def __iter__(self): return iter(self.s)
    def __len__(self): return len(self.s)
a = SS([1, 2, 3]); b = SS([2, 3, 4]); print(list(a & b), list(a | b), list(a - b), a <= b, a == SS([3, 2, 1]), a.isdisjoint(b), list(a ^ b))
