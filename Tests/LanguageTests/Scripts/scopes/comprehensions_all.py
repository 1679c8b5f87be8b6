x = 5
print([x for x in range(3)], x, {x: x*x for x in range(3)}, {y % 2 for y in range(5)}, x)
print([(i, j) for i in range(3) for j in range(i)], [i for i in range(10) if i % 2 if i > 3])
fs = [lambda: i for i in range(3)]; print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]; print([f() for f in fs])
print([[j for j in range(i)] for i in range(3)], [y := 3, y ** 2], y)
print(sum(x * x for x in range(4)), list(x for x in 'ab'), any(n > 2 for n in [1, 3]), [last := k for k in 'abc'], last)
g = (i for i in range(3)); print(next(g), list(g), list(g))
try: i_undefined
except NameError as e: print(e)
