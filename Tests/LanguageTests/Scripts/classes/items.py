class C:
    def __init__(self): self.d = {}
    def __getitem__(self, k): print('get', k); return self.d[k]
    def __setitem__(self, k, v): print('set', k, v); self.d[k] = v
    def __delitem__(self, k): print('del', k); del self.d[k]
    def __len__(self): return len(self.d)
    def __contains__(self, k): print('in', k); return k in self.d
    def __missing__(self, k): return 'missing'
c = C(); c['a'] = 1; c[1:2] = 5; c[1, 2] = 3; c[...] = 0; print(c['a'], len(c), 'a' in c, 'b' not in c, bool(c))
del c['a']
try: c['zz']
except KeyError as e: print(repr(e))
class S:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(S()), 20 in S(), [*S()], max(S()))
a, b, c = S(); print(a, b, c)
for x in reversed([1,2]): print(x)
class R:
    def __len__(self): return 3
    def __getitem__(self, i): return i
print(list(reversed(R())))
