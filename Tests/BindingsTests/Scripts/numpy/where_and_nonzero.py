import numpy as np

a = np.array([5, 1, 8, 0])
print(np.where(a > 3), np.where(a > 3, a, -1), np.where(a > 3, 1, 0), np.where(a > 3, 1.0, 0.0), np.where([True, False], [1, 2], [3.5, 4.5]))
print(repr(np.where(a > 3, 1.5, a)), repr(np.where(True, 1, 2)))
print(np.nonzero(a), np.argwhere(a > 3), np.flatnonzero(a))
m = np.array([[0, 1], [2, 0]])
print(np.nonzero(m), np.argwhere(m), np.where(m > 0))
print(np.diff([1, 4, 9, 16]), np.diff([1, 4, 9, 16], n=2), np.diff(np.array([[1, 3], [2, 7]]), axis=0))
print(np.take([10, 20, 30], [2, 0]), np.select if False else "", np.diag([1, 2]), np.diag(np.arange(9).reshape(3, 3)), np.trace(np.eye(3)))
print(np.tril(np.ones((3, 3))), np.triu(np.ones((3, 3)), 1))
x, y = np.meshgrid([1, 2, 3], [10, 20])
print(x, y)
