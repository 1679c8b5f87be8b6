import numpy as np

a = np.zeros((3, 3))
a[0] = 1
a[1, 1] = 5
a[:, 2] = [7, 8, 9]
a[a == 0] = -1
print(a)
a[[0, 2]] = 100
print(a)
b = np.arange(5)
b[1:3] = 50
b[-1] = 2.9
print(b)
b[b > 10] += 1
print(b)
c = b[1:4]
c[0] = 999
print(b)
d = b.copy()
d[0] = -5
print(b[0], d[0])
try:
    b[0:2] = np.ones(3)
except ValueError as e:
    print("ValueError:", e)
e = np.zeros((2, 2))
e[0], e[1] = [1, 2], [3, 4]
print(e)
