a, b = (1, 2)
(c, *d), e = (3, 4, 5), 6
print(a, b, c, d, e)
x, y = (1, 2, 3)
