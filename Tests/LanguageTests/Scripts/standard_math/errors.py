import math
cases = [
    lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.log(10, 1),
    lambda: math.exp(1000), lambda: math.pow(2, 10000), lambda: math.pow(-8, 1 / 3), lambda: math.pow(0, -1),
    lambda: math.sqrt("x"), lambda: math.sqrt(None), lambda: math.acos(2), lambda: math.fmod(1, 0),
    lambda: math.fmod(math.inf, 2), lambda: math.gamma(-1), lambda: math.gamma(0), lambda: math.gamma(200),
    lambda: math.lgamma(-2), lambda: math.floor(math.nan), lambda: math.ceil(math.inf), lambda: math.trunc("1"),
    lambda: math.ldexp(1.0, 5000), lambda: math.sqrt(10**400), lambda: math.isclose(1, 2, rel_tol=-1),
    lambda: math.log2(-4), lambda: math.atanh(1), lambda: math.cosh(1000), lambda: math.remainder(1, 0),
    lambda: math.floor("a"), lambda: math.ldexp(1, 2.5),
]
for case in cases:
    try:
        print(case())
    except Exception as e:
        print(type(e).__name__ + ":", e)
