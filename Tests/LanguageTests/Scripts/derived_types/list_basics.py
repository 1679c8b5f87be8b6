class L(list): pass
a = L([1, 2])
print(repr(a), type(a + [1]), type(a * 2), type(a.copy()), type(a[0:1]), str(a))
b = a
a += [3]
a *= 2
print(type(a), a, b is a, isinstance(a, list), len(a), a == [1, 2, 3, 1, 2, 3], [0] + a)
a[0] = 9
del a[1:3]
print(a, 9 in a, a.index(1), sorted(a), sum(a), list(reversed(a)), bool(L()), L() == [])
x, *rest = a
print(x, rest, L.__mro__, L.__bases__)
try:
    L(1, 2)
except TypeError as error:
    print(error)
try:
    hash(a)
except TypeError as error:
    print(error)
