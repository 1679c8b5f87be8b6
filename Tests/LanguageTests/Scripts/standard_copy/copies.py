import copy
a = [1, [2, 3], {"k": [4]}]
b = copy.copy(a)
c = copy.deepcopy(a)
a[1].append(99)
a[2]["k"].append(5)
print(b, c, b[1] is a[1], c[1] is a[1])
class P:
    def __init__(self, x): self.x = x; self.items = [x]
    def __repr__(self): return f"P({self.x}, {self.items})"
p = P(1)
q = copy.copy(p)
r = copy.deepcopy(p)
p.items.append(2)
print(p, q, r, type(r).__name__, q.items is p.items)
loop = [1]
loop.append(loop)
l2 = copy.deepcopy(loop)
print(l2[1] is l2, l2 is loop)
shared = [0]
d = copy.deepcopy({"a": shared, "b": shared})
print(d["a"] is d["b"], d["a"] is shared)
class C:
    def __init__(self): self.n = 1
    def __copy__(self): return "copied"
    def __deepcopy__(self, memo): return "deep " + type(memo).__name__
print(copy.copy(C()), copy.deepcopy([C()]))
t = (1, "a")
print(copy.copy(t) is t, copy.deepcopy(t) is t, copy.deepcopy((1, [2])) == (1, [2]), copy.copy({1, 2}), copy.deepcopy({3}), copy.copy("s"), copy.deepcopy(None))
f = lambda x: x
print(copy.deepcopy(f) is f, copy.deepcopy(P) is P, copy.copy(5.5))
e = copy.copy(ValueError("x", 2))
print(repr(e), copy.deepcopy(e).args)
class Node:
    def __init__(self, v, parent=None):
        self.v = v; self.parent = parent; self.kids = []
        if parent: parent.kids.append(self)
root = Node(1); Node(2, root); Node(3, root)
clone = copy.deepcopy(root)
print([k.v for k in clone.kids], clone.kids[0].parent is clone, clone is root)
