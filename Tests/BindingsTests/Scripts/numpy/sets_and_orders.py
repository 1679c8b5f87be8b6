import numpy as np

a, b = np.array([3, 1, 2, 3]), np.array([2, 5])
print(np.unique(a), np.intersect1d(a, b), np.union1d(a, b), np.setdiff1d(a, b), np.setxor1d(a, b), np.isin(a, b))
print(np.sort(a)[::-1], np.argsort(a), np.partition(a, 1)[0], np.searchsorted([1, 2, 3], [0, 2, 9]))
print(np.unique([[1, 2], [1, 2]], axis=0), np.bincount([0, 2, 2]), np.ediff1d([1, 4, 9]))
print(np.apply_along_axis(lambda r: r.max() - r.min(), 1, np.array([[1, 5], [2, 9]])))
print(np.vectorize(lambda v: "x" if v else "y")([1, 0]).tolist() if False else "")
print(np.vectorize(lambda p, q: p + 10 * q)([1, 2], 3), np.fromfunction(lambda i, j: i == j, (2, 2)))
print(np.piecewise(np.array([-1.0, 2.0]), [np.array([True, False]), np.array([False, True])], [lambda v: -v, lambda v: v * 10]))
