import numpy as np

a = np.arange(12).reshape(3, 4)
print(a[0], a[-1], a[1, 2], a[1][2], repr(a[1, 2]))
print(a[:, 1], a[1:, :2], a[::2], a[::-1], a[:, ::-1], a[..., 0])
print(a[[0, 2]], a[[0, 2], [1, 3]], a[:, [0, -1]])
print(a[a > 5], a[a[:, 0] > 0])
print(a[None].shape, a[:, None].shape, a[np.newaxis, :, 0].shape)
print(a[np.array([True, False, True])])
print(a[np.array([[0, 1], [2, 0]])].shape)
print(a[1:1], a[5:])
for row in a:
    print(row)
print([int(x) for x in a[0]], 5 in a, 50 in a, len(a))
