class I(int): pass
i = I(5)
print(repr(i), type(i + 1), type(-i), type(+i), type(abs(i)), type(int(i)), type(round(i)))
print(hash(i) == 5, {5: 1}[i], i == 5, 5 == i, i < 6, i is 5, isinstance(i, int), f'{i:03d}', '%d' % i)
print([10, 20, 30][I(1)], range(I(3)), I(7) // 2, 2 ** I(3), divmod(I(7), 2), I('12'), I(), I(2.9))
class F(float): pass
f = F(2.5)
print(repr(f), type(f + 1), type(float(f)), f'{f:.2f}', round(f), abs(F(-1.5)), f > 2, f.is_integer(), int(f))
class Money(int):
    def __new__(cls, amount, unit='EUR'):
        made = super().__new__(cls, amount)
        made.unit = unit
        return made
    def __add__(self, other):
        return Money(int(self) + int(other), self.unit)
    def __repr__(self):
        return f'{int(self)} {self.unit}'
    __radd__ = __add__
m = Money(3, 'USD')
print(m, m + 4, 4 + m, sum([Money(1), Money(2)]), m.unit, [m], str(m), f'{m}', max(m, Money(9)))
try:
    I('x')
except ValueError as error:
    print(error)
class Celsius(float):
    @property
    def fahrenheit(self):
        return self * 9 / 5 + 32
print(Celsius(100).fahrenheit, Celsius('36.6'))
