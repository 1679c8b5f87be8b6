import math
print(math.fsum([0.1] * 10), sum([0.1] * 10))
print(math.fsum([1e100, 1.0, -1e100]), math.fsum([]), math.fsum([1, 2, 3]))
print(math.fsum([1e16, 1.0, 1e-16]), math.fsum([2**53, 1.0, 1e-100]))
print(math.hypot(3, 4), math.hypot(1, 1, 1), math.hypot(), math.hypot(-2.5), math.hypot(1e200, 1e200))
print(math.hypot(0.1, 0.2, 0.3, 0.4), math.hypot(math.inf, math.nan), math.hypot(1e-320, 1e-320))
print(math.dist([1, 2, 3], [4, 6, 3]), math.dist((0.1, 0.7), (0.3, -0.2)))
try:
    math.dist([1], [1, 2])
except ValueError as e:
    print(e)
try:
    math.fsum([math.inf, -math.inf])
except ValueError as e:
    print(e)
print(math.fsum([math.inf, 1]), math.fsum([math.nan, 1]))
x = 0.123
vals = []
for i in range(200):
    x = 3.99 * x * (1 - x)
    vals.append(x * 10 ** (i % 7))
print(math.fsum(vals), math.hypot(*vals[:5]), math.hypot(*vals[3:12]), math.dist(vals[:9], vals[9:18]))
print([math.hypot(vals[i], vals[i + 1]) for i in range(40)])
