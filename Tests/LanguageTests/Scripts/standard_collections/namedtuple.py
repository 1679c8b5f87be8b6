from collections import namedtuple
Point = namedtuple("Point", "x y")
p = Point(1, y=2)
print(p, p.x, p[1], p == (1, 2), (1, 2) == p, len(p), tuple(p), p._fields, p._asdict(), p._replace(x=9))
x, y = p
print(x, y, p + (3,), p * 2, 1 in p, p.index(2), p.count(1), hash(p) == hash((1, 2)), isinstance(p, tuple), p < Point(1, 3))
print({p: "v"}[(1, 2)], sorted([Point(2, 1), Point(1, 5)]), "%s-%s" % p, "{0.x} {0.y}".format(p), f"{p}")
print(Point._make([5, 6]), Point.__name__, type(p), Point._fields, Point.__doc__)
D = namedtuple("D", ["a", "b", "c"], defaults=[10, 20])
print(D(1), D(1, 2), D(1, c=5), D._field_defaults)
print(namedtuple("R", "a class a _x", rename=True)._fields)
for bad in [lambda: Point(1), lambda: Point(1, 2, 3), lambda: Point(1, 2, z=3), lambda: Point(1, x=2), lambda: Point(),
            lambda: namedtuple("Bad", "a a"), lambda: namedtuple("Bad", "class"), lambda: namedtuple("1x", "a"), lambda: namedtuple("B", "_a"),
            lambda: p._replace(q=1), lambda: Point._make([1]), lambda: p.z, lambda: p[5], lambda: namedtuple("B", "a", defaults=[1, 2])]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
try:
    p.x = 3
except AttributeError as e:
    print("AttributeError", e)
class Vec(namedtuple("Vec", "x y")):
    def norm(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5
    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)
v = Vec(3, 4)
print(v, v.norm(), v + Vec(1, 1), isinstance(v, tuple))
E = namedtuple("E", "")
print(E(), E._fields, namedtuple("C", "a,b")(1, 2), repr(namedtuple("S", "a")((1, 2))))
print([q.x for q in [Point(i, i * i) for i in range(4)]], max([Point(1, 9), Point(2, 0)], key=lambda t: t.y))
