import numpy as np

a = np.arange(6)
print(a.reshape(2, 3), a.reshape((3, 2)), a.reshape(-1, 2), np.reshape(a, (2, -1)))
b = a.reshape(2, 3)
print(b.T, b.transpose(), np.transpose(b).shape, b.shape, b.ndim, b.size, b.dtype, b.nbytes)
print(b.flatten(), b.ravel(), np.ravel(b), np.expand_dims(a, 0).shape, np.squeeze(a[None, :, None]).shape)
print(np.zeros((2, 3, 4)).transpose(2, 0, 1).shape, np.swapaxes(np.zeros((2, 3, 4)), 0, 2).shape, np.moveaxis(np.zeros((2, 3, 4)), 0, -1).shape)
print(np.tile([1, 2], 2), np.tile([[1], [2]], (1, 2)), np.repeat([1, 2], 2), np.repeat([[1, 2], [3, 4]], 2, axis=0), np.repeat([1, 2], [3, 1]))
print(np.flip(a), np.flip(b, axis=1), np.flipud(b), np.fliplr(b), np.roll(a, 2), np.roll(b, 1, axis=0))
for shape in ((4, 2), (-1, 4), (-1, -1)):
    try:
        a.reshape(shape)
    except ValueError as e:
        print(e)
print(np.atleast_2d([1, 2]), np.atleast_1d(5))
b.shape = (3, 2)
print(b)
print(np.shape([[1, 2]]), np.ndim(5), np.size([1, 2]))
