# An index whose __index__ changes what it indexes.
import array
from decimal import Decimal
from fractions import Fraction
import datetime


class I:
    def __init__(self, target, number):
        self.target, self.number = target, number

    def __index__(self):
        del self.target[:]
        return self.number


def attempt(name, body):
    try:
        print(name, body())
    except Exception as error:
        print(name, type(error).__name__, error)


def made(kind):
    return {"list": lambda: list(range(10)), "bytearray": lambda: bytearray(10), "array": lambda: array.array("i", range(10))}[kind]()


def assign(x, key, value):
    x[key] = value
    return x


def delete(x, key):
    del x[key]
    return x


for kind in ["list", "bytearray", "array"]:
    x = made(kind)
    attempt("get", lambda: x[I(x, 5)])
    x = made(kind)
    attempt("get slice", lambda: len(x[1:I(x, 5)]))
    x = made(kind)
    attempt("set", lambda: assign(x, I(x, 5), 1))
    x = made(kind)
    attempt("del", lambda: delete(x, I(x, -1)))
for kind in ["list", "bytearray"]:
    x = made(kind)
    attempt("del slice", lambda: delete(x, slice(0, I(x, 5))))
    x = made(kind)
    attempt("pop", lambda: x.pop(I(x, 5)))
x = made("list")
attempt("set slice", lambda: assign(x, slice(0, I(x, 5)), [1, 2]))
x = made("bytearray")
attempt("set slice", lambda: assign(x, slice(0, I(x, 5)), b"ab"))


class Eater:
    def __eq__(self, other):
        while a:
            a.pop()
        return False


a = array.array("i", [1, 2, 3])
attempt("remove", lambda: a.remove(Eater()))
least = -2**63
try:
    Decimal("1e-9223372036854775808")
except ArithmeticError as error:
    print(type(error).__name__)
attempt("fraction power", lambda: Fraction(1) ** least)
attempt("fraction power", lambda: Fraction(-1) ** (2**61 + 1))
attempt("fraction power", lambda: Fraction(0) ** 3)
attempt("fraction power", lambda: Fraction(0) ** -3)
attempt("fraction power", lambda: Fraction(2, 3) ** -2)
try:
    datetime.date.fromtimestamp(-2.0**63)
except (OverflowError, OSError):
    print("out of range")


def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            pass


g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)
