import numpy as np

a = np.arange(6)
b = a.reshape(2, 3)
b[0, 0] = 100
print(a)
t = b.T
t[0, 1] = -1
print(b)
c = a[::2]
c += 1
print(a)
d = a.flatten()
d[0] = 0
print(a[0])
e = a.astype(a.dtype)
e[0] = 7
print(a[0], e[0])
f = a[[0, 1]]
f[0] = 55
print(a[0])
