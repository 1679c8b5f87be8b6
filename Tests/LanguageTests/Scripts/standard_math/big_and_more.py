import math
print(math.log(10**400), math.log2(2**5000), math.log10(10**1000), math.log(2**2000, 2))
print(math.pow(2, 0.5), math.pow(2, -1), math.pow(math.inf, 0), math.pow(1, math.nan))
print(math.fmod(-7, 3), math.fmod(7.5, math.inf), math.remainder(7, 4), math.remainder(-5.5, 2))
print(math.copysign(3, -0.0), math.atan2(1, -1), math.atan2(0.0, -0.0))
print(math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1), math.isclose(0, 1e-12), math.isclose(0, 1e-12, abs_tol=1e-9))
print(math.nextafter(1, 2), math.nextafter(0, -1), math.ulp(1), math.ulp(1e300), math.ulp(-5))
print(math.ldexp(0.75, 4), math.frexp(1234.5), math.modf(-3.25), math.modf(math.inf))
print(math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.5), math.floor(1e20), math.ceil(5), math.floor(True))
print(math.pi, math.e, math.tau, math.inf, math.nan)
class V:
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
    def __float__(self): return 2.25
    def __index__(self): return 6
v = V()
print(math.floor(v), math.ceil(v), math.trunc(v), math.sqrt(v), math.factorial(v), math.gcd(v, 4))
print([math.gamma(x / 4) for x in range(1, 40)])
print([math.lgamma(x / 4) for x in range(1, 60)])
print([math.gamma(-x - 0.3) for x in range(0, 20)])
print([math.lgamma(-x - 0.7) for x in range(0, 12)])
print([math.erf(x / 5) for x in range(-12, 12)])
print([math.erfc(x / 5) for x in range(-12, 30, 3)])
