import numpy as np
a = np.zeros((3, 4), dtype=int)
a[1] = 5
a[:, 2] = [1, 2, 3]
a[0, ::2] += 10
print(a)
a[a > 4] = -1
print(a)
a[[0, 2], [1, 3]] = [7, 8]
a[..., -1] *= 2
print(a)
a[:2, :2] = np.array([[1], [2]])
print(a)
a.flat[::3] = 9
print(a)
a[np.ix_([0, 2], [1, 2])] = 0
print(a)
np.add.at(a, ([0, 0, 1], [1, 1, 2]), 1)
print(a)
np.put(a, [0, 11], [55, 66])
a.fill(3)
print(a)
b = np.arange(5.0)
b[1:] -= b[:-1]
print(b)
b[::-1] = b
print(b)
b[np.array([True, False, True, False, True])] = 0
print(b)
np.putmask(b, b == 0, -1)
np.place(b, b < 0, [1, 2])
print(b)
np.copyto(b, 7, where=b > 1)
print(b)
try:
    a[0] = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    a[5] = 1
except IndexError as e:
    print(e)
try:
    b[b > 100] = [1, 2]
except ValueError as e:
    print(e)
try:
    b[np.array([True, True, False, False, False])] = [1, 2, 3]
except ValueError as e:
    print(e)
