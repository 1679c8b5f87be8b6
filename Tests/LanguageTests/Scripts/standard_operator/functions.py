import operator as op
print(op.add(2, 3), op.sub(5, 2), op.mul("ab", 2), op.truediv(7, 2), op.floordiv(7, 2), op.mod(7, 3), op.pow(2, 8), op.neg(3), op.pos(-3), op.invert(5))
print(op.lt(1, 2), op.le(2, 2), op.eq(1, 1.0), op.ne(1, 2), op.gt(3, 2), op.ge(1, 2), op.not_(0), op.truth([]), op.is_(None, None), op.is_not(1, None))
print(op.and_(6, 3), op.or_(6, 3), op.xor(6, 3), op.lshift(1, 4), op.rshift(16, 2), op.abs(-4), op.index(7), op.concat([1], [2]), op.contains("abc", "b"), op.countOf([1, 2, 1], 1), op.indexOf([5, 6], 6))
print(op.itemgetter(1)([10, 20]), op.itemgetter(0, 2)("abc"), op.itemgetter("k")({"k": "v"}), sorted([("a", 3), ("b", 1)], key=op.itemgetter(1)))
class P:
    def __init__(self, x): self.x = x; self.me = self
    def hi(self, a, b=0): return (self.x, a, b)
p = P(5)
print(op.attrgetter("x")(p), op.attrgetter("x", "me.x")(p), op.methodcaller("hi", 1, b=2)(p), op.methodcaller("upper")("abc"))
d = {"a": 1}
op.setitem(d, "b", 2); op.delitem(d, "a")
print(d, op.getitem(d, "b"), op.iadd([1], [2]), op.length_hint([1, 2]), op.itemgetter(slice(1, 3))("abcd"))
print(op.itemgetter(1), op.attrgetter("a.b"), op.methodcaller("f", 1, k=2), list(map(op.add, [1, 2], [3, 4])))
for bad in [lambda: op.itemgetter(5)([1]), lambda: op.attrgetter("zz")(p), lambda: op.add(1, "a"), lambda: op.attrgetter(3), lambda: op.indexOf([1], 2)]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
