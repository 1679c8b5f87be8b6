d = {}
for k in 'zyx': d[k] = len(d)
d['z'] = 9; del d['y']; d['y'] = 1; print(d, list(d.items()), next(iter(d)), next(reversed(d)), d.keys() == {'z', 'x', 'y'}, len(d.values()), 9 in d.values(), ('z', 9) in d.items(), dict(sorted(d.items())), {k: v for k, v in sorted(d.items(), key=lambda kv: -kv[1])}, min(d, key=d.get), max(d.items(), key=lambda kv: kv[1]), sum(d.values()), list(map(d.get, 'zq')), d.keys().isdisjoint('q'), d == dict(reversed(list(d.items()))))
from types import MappingProxyType, SimpleNamespace
mp = MappingProxyType(d); print(mp, mp['z'], len(mp))
try: mp['a'] = 1
except TypeError as e: print(e)
n = SimpleNamespace(a=1, b='x'); n.c = 3; print(n, n.a, n == SimpleNamespace(a=1, b='x', c=3), vars(n))
