import copy
a = [1, [2, 3], {'k': (4,)}]; b = copy.deepcopy(a); c = a[:]; b[1].append(9); c[1].append(8); print(a, b, c, a is not b)
class N:
    def __init__(self): self.l = [1]; self.me = self
n = N(); m = copy.deepcopy(n); print(m.me is m, m.l is not n.l, copy.copy(n).l is n.l)
l = [1]; l.append(l); k = copy.deepcopy(l); print(k[1] is k, l, k)
t = (1, [2]); u = copy.deepcopy(t); print(u, u is t, u[1] is t[1], copy.copy(t) is t)
class C:
    def __init__(self, v): self.v = v
    def __deepcopy__(self, memo): return C('deep')
    def __copy__(self): return C('shallow')
print(copy.copy(C(1)).v, copy.deepcopy([C(1)])[0].v)
