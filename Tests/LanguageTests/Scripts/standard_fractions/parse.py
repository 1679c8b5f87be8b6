from fractions import Fraction as F
for t in ('x', '1/0', '1/2/3', ''):
    try:
        print(F(t))
    except Exception as e:
        print(type(e).__name__, e)
try:
    F(1, 0)
except Exception as e:
    print(type(e).__name__, e)
try:
    F(1) / 0
except Exception as e:
    print(type(e).__name__, e)
