import traceback, timeit, platform, inspect, numbers, unicodedata, uuid
from fractions import Fraction
for v in (1, 1.5, True, Fraction(1, 2), 'x'):
    print([isinstance(v, c) for c in (numbers.Number, numbers.Real, numbers.Rational, numbers.Integral)])
