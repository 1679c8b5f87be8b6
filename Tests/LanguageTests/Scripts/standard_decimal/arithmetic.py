import math, json
from decimal import Decimal, getcontext, setcontext, localcontext, Context, Inexact, DivisionByZero, InvalidOperation, DefaultContext, ExtendedContext, MAX_PREC, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, ROUND_05UP
print(Decimal('1.1') + Decimal('2.2'), Decimal('1.10') + 1, Decimal(1) / 3, Decimal(2) / 3, Decimal('0.1') * 3, 1 - Decimal('0.9'))
print(repr(Decimal('1.10')), Decimal(0.1), Decimal(-0.5), Decimal('1E+5'), Decimal('-0'), Decimal('1e-10'), Decimal('123456789012345678901234567890') + 1)
print(Decimal(7) // 2, Decimal(-7) // 2, Decimal(7) % 3, Decimal(-7) % 3, divmod(Decimal(7), 3), Decimal(2) ** 10, Decimal(2) ** -1, Decimal(2) ** Decimal('0.5'), Decimal('1.5') ** 3)
print(Decimal(2).sqrt(), Decimal(4).sqrt(), Decimal('0.25').sqrt(), Decimal(1).exp(), Decimal(10).ln(), Decimal(2).log10(), Decimal(1000).log10())
print(Decimal('3.14159').quantize(Decimal('0.01')), Decimal('2.5').quantize(Decimal('1')), Decimal('3.5').quantize(Decimal('1')), Decimal('2.675').quantize(Decimal('0.01'), rounding=ROUND_HALF_UP), Decimal('7').quantize(Decimal('.01')))
for m in (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, ROUND_05UP):
    print(m, [str(Decimal(x).quantize(Decimal('1'), rounding=m)) for x in ('1.5', '-1.5', '2.5', '1.1', '-1.9', '0.5', '5.1')])
print(Decimal('1.0') == 1, Decimal('0.5') == 0.5, Decimal('0.1') == 0.1, Decimal(1) < 2, Decimal('1.5') > 1.2, hash(Decimal(3)) == hash(3), hash(Decimal('0.5')) == hash(0.5), {Decimal('1.0'): 'a'}[1])
print(int(Decimal('3.9')), float(Decimal('0.1')), round(Decimal('2.675'), 2), round(Decimal('2.5')), bool(Decimal(0)), -Decimal('1.5'), abs(Decimal('-2')), +Decimal('-0'))
print(max(Decimal(1), Decimal(2)), sum([Decimal('0.1')] * 10), sorted([Decimal('2'), Decimal('1.5')]))
print(Decimal('1.20').normalize(), Decimal('100').normalize(), Decimal('1.20').as_tuple(), Decimal('-12.5').adjusted(), Decimal('3.7').to_integral_value(), Decimal('0.75').as_integer_ratio())
print(Decimal('NaN'), Decimal('Infinity'), Decimal('-inf'), Decimal('nan').is_nan(), Decimal('inf') > 10**100, Decimal('nan') == Decimal('nan'))
print(Decimal('12345.678').to_eng_string(), Decimal('1E+7'), Decimal('1E+7').to_eng_string(), Decimal(10).compare(Decimal(3)), Decimal(5).max(7), Decimal('1.5').copy_sign(Decimal(-1)))
print(Decimal((0, (1, 2, 3), -2)), Decimal('  1_000.5 '), type(Decimal(1)), Decimal.from_float(0.5), Decimal(True))
import math
print(math.floor(Decimal('2.7')), math.ceil(Decimal('2.1')), math.trunc(Decimal('-2.7')), math.sqrt(Decimal(4)))
from fractions import Fraction
print(Decimal('0.5') == Fraction(1, 2), Fraction(Decimal('0.25')))
print(Decimal('0E-7'), Decimal('0E+3'), Decimal('0.000001'), Decimal('0.0000001'), Decimal('-0.00') + 0, Decimal('1.00') * Decimal('2.0'))
print(Decimal(1).fma(2, 3), Decimal(10).remainder_near(3), Decimal(9).scaleb(2), Decimal('1e3').same_quantum(Decimal('1e3')))
print(str(Decimal(10)**30), Decimal(3)**100, Decimal('1.1')**50, Decimal('0.3')**Decimal('2.5'), Decimal(10)**-3, Decimal('-2')**3)
print(Decimal('0.01').ln(), Decimal('1.0000001').ln(), Decimal('1e50').ln(), Decimal('-1').exp(), Decimal(100).exp(), Decimal('0.5').exp(), Decimal('123.456').log10())
