import numpy as np
a = np.arange(24).reshape(2, 3, 4)
print(a[0], a[-1, -1], a[0, 1, 2], a[:, 1], a[..., 0], a[:, ::-1, ::2])
print(a[::-1, ::-2], a[0, 1:, -1], a[None].shape, a[:, None, 1].shape, a[..., None].shape, a[np.newaxis, 0, ..., np.newaxis].shape)
print(a[5:].shape, a[1:1].shape, a[0, 10:], a[-100:100].shape)
print(a[[0, 1], [1, 2]], a[[0, 1], [1, 2], [3, 0]], a[:, [0, 2]], a[[[0], [1]], [0, 1]])
print(a[a > 20], a[a[:, 0, 0] > 5], a[:, np.array([True, False, True])])
print(a[0][[True, False, True]], a[np.array([0, -1])].shape, a[[]].shape)
print(a[0, np.array([1, 0]), 1:3], a[0, :, [1, 0]], a[:, [0, 1], :][1])
b = a[0]
b[0] = 100
print(a[0, 0], b.base is a, np.shares_memory(a, b), a[[0]].base is a)
print(a.flat[5], a.ravel()[3], a.item(3), a.item((1, 2, 3)), a.take([0, 5, 10]), np.take(a, [0, 2], axis=1).shape)
