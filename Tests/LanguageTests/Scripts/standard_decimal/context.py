import math, json
from decimal import Decimal, getcontext, setcontext, localcontext, Context, Inexact, DivisionByZero, InvalidOperation, DefaultContext, ExtendedContext, MAX_PREC, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, ROUND_05UP
print(getcontext())
getcontext().prec = 6
print(Decimal(1) / 7, Decimal('123456789') + 1, Decimal('123456789'), +Decimal('123456789'))
getcontext().rounding = ROUND_UP
print(Decimal(1) / 3)
with localcontext() as c:
    c.prec = 3
    print(Decimal(2) / 3, getcontext().prec)
print(Decimal(2) / 3, getcontext().prec)
with localcontext(Context(prec=4, rounding=ROUND_DOWN)) as c:
    print(Decimal(2) / 3)
with localcontext(prec=10) as c:
    print(Decimal(2).sqrt())
c = Context(prec=5)
print(c.divide(Decimal(1), 3), c.sqrt(Decimal(2)), c.create_decimal('3.14159265'), c.add(1, 2))
setcontext(Context(prec=28))
print(Decimal(1) / 3)
print(getcontext().flags[Inexact], getcontext().traps[DivisionByZero])
print(getcontext())
getcontext().traps[DivisionByZero] = False
print(Decimal(1) / 0, Decimal(-1) / 0)
getcontext().traps[Inexact] = True
try: print(Decimal(1) / 3)
except Inexact as e: print('inexact', e)
try: getcontext().prec = 0
except ValueError as e: print(e)
try: getcontext().rounding = 'x'
except TypeError as e: print(e)
print(MAX_PREC, DefaultContext.prec, ExtendedContext.prec)
