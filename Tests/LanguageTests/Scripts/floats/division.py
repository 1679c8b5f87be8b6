for a in (7.5, -7.5):
    for b in (2, -2.0):
        print(a / b, a // b, a % b, divmod(a, b))
print(1e308 * 10, -1e308 * 10, 0.0 * -1, 1e-320 / 1e10, 5.0 % float("inf"), -5.0 % float("inf"))
