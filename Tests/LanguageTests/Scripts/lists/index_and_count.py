xs = [1, 2, 3, 2, 1, 1.0, True]
print(xs.index(2), xs.index(2, 2), xs.index(1, -3), xs.index(3, 0, 10 ** 30), xs.count(1), xs.count("a"))
