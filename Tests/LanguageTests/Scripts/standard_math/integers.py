import math
print(math.factorial(0), math.factorial(5), math.factorial(52))
print(math.gcd(), math.gcd(12), math.gcd(12, -18), math.gcd(2**80, 6**50), math.gcd(0, 0))
print(math.lcm(), math.lcm(4, 6), math.lcm(2**40, 3**30), math.lcm(5, 0))
print(math.comb(5, 2), math.comb(100, 50), math.comb(3, 7), math.comb(10**12, 3))
print(math.perm(5), math.perm(5, 2), math.perm(3, 7), math.perm(60, 30), math.perm(10**20, 2))
print(math.isqrt(0), math.isqrt(17), math.isqrt(10**40), math.isqrt(2**200 - 1))
print(math.prod([1, 2, 3.5]), math.prod([], start=4), math.prod(range(1, 25)))
for f, args in [(math.factorial, (-1,)), (math.factorial, (2.5,)), (math.comb, (-1, 2)),
                (math.comb, (2, -1)), (math.perm, (-2, 1)), (math.perm, (2, -1)), (math.isqrt, (-1,)),
                (math.gcd, (1.5,)), (math.isqrt, ("a",)), (math.comb, (2.0, 1))]:
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)
print(len(str(math.factorial(1000))))
