import numpy as np

a = np.array([[1, 2, 3], [4, 5, 6]])
print(a.sum(), a.sum(axis=0), a.sum(axis=1), a.sum(axis=1, keepdims=True))
print(a.mean(), a.mean(axis=0), np.mean(a, 1))
print(a.min(), a.max(), a.min(axis=0), np.max(a, axis=1), np.amax(a))
print(a.std(), a.var(), a.std(ddof=1), np.std(a, axis=0), np.var(a, axis=1, ddof=1))
print(a.prod(), a.cumsum(), a.cumsum(axis=0), np.cumprod(a, axis=1))
print(a.argmax(), a.argmin(), a.argmax(axis=0), np.argmin(a, axis=1))
print((a > 2).any(), (a > 2).all(), (a > 0).all(axis=0), np.any(a > 5, axis=1))
print(repr(a.sum()), repr(a.mean()), repr((a > 2).any()), repr(a.argmax()))
print(repr(np.float32([1, 2]).mean()), repr(np.array([True, True]).sum()))
print(a.sum(axis=(0, 1)), a.sum(axis=-1), np.ptp(a), np.count_nonzero(a > 2))
try:
    a.sum(axis=3)
except ValueError as e:
    print(e)
try:
    np.zeros(0).max()
except ValueError as e:
    print(e)
