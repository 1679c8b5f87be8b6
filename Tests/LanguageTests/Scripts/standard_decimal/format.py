from decimal import Decimal
d = Decimal('1234567.891')
for s in ('', '.2f', ',.2f', '>15.1f', '<15', '^20', '+.3e', 'E', 'g', '.3g', '%', '.1%', '020.2f', '020,.2f', ' ', '-', '.0f', ',', 'n', '*^30.2f', '=+15.1f'):
    print(repr(s), format(d, s), format(Decimal('-0.005'), s), format(Decimal('0'), s), format(Decimal('1E+3'), s))
print(f"{Decimal('2.50'):.1f} {Decimal('0.125'):.2f} {Decimal('3'):5} {Decimal('nan'):>6} {Decimal('inf'):<10}|")
print('%.2f' % Decimal('3.14159'), '%s' % Decimal('1.0'), '%d' % Decimal('7.9'))
for s in ('x', 'd', '5.q'):
    try: print(format(d, s))
    except ValueError as e: print(e)
