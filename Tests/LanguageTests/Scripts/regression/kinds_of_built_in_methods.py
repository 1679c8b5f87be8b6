# A method of a built-in value is a function of the interpreter; that of a class here is a method.
import types


class A:
    def f(self):
        return 1


print(type([].append), type("".upper), type({}.get), type(len), type(A().f))
print(isinstance([].append, types.BuiltinMethodType), isinstance([].append, types.MethodType))
print(isinstance(A().f, types.MethodType), [].append.__name__, [1].append.__self__)
a = [3, 1, 2]
add = a.append
add(5)
for change in (a.sort, a.reverse, a.pop):
    change()
print(a, callable(add), add.__doc__ is not None)


class Power:
    def __pow__(self, exponent, modulus=None):
        return exponent, modulus


print(pow(Power(), 2), pow(Power(), 2, 3), Power() ** 4)


def attempt(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


attempt(lambda: sum([b"a"], b""))
attempt(lambda: sum(["a"], ""))
attempt(lambda: delattr([], "append"))
attempt(lambda: delattr("", "nothing"))
attempt(lambda: pow(2.0, 2, 3))
attempt(lambda: len(range(-(2**63), 2**63 - 1)))
attempt(lambda: len(range(-(2**63) + 1, 2**63 - 1, 2)))


def marked():
    return 1


marked.note = 5
print(marked.note)
del marked.note
attempt(lambda: marked.note)
