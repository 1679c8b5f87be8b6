import numpy as np
a = np.array([3, 1, 2, 3, 1])
print(np.unique(a), np.unique(a, return_counts=True), np.unique(a, return_index=True, return_inverse=True), np.unique([[1, 2], [2, 1], [1, 2]], axis=0), np.unique([[1, 2], [2, 1]]))
print(np.intersect1d([1, 2, 3], [2, 3, 4]), np.union1d([1, 2], [2, 5]), np.setdiff1d([1, 2, 3], [2]), np.setxor1d([1, 2], [2, 3]), np.isin([1, 2, 3], [2, 5]), np.isin([1, 2], [2], invert=True))
print(np.sort(a), np.sort([[3, 1], [2, 4]], axis=0), np.argsort(a, kind='stable'), np.lexsort(([1, 2, 1], [3, 3, 1])), np.sort(a, kind='mergesort'), np.sort([True, False]), np.sort([2.5, np.nan, 1]), np.partition([3, 1, 2], 1)[1], np.flip([1, 2, 3]))
print(np.unique_counts(a), np.unique_all(np.array([2, 1, 2])).counts, np.intersect1d([1, 2, 3], [2, 3], return_indices=True))
values, counts = np.unique(['b', 'a', 'b'], return_counts=True) if False else np.unique([5, 5, 7], return_counts=True)
for v, c in zip(values, counts):
    print(v, c, type(v).__name__)
print(dict(zip(values.tolist(), counts.tolist())), np.array([1, 2, 3])[::-1].tolist(), a.argsort().argsort(), np.argwhere(a == 3), np.flatnonzero(a > 1), np.nonzero(np.eye(2)), np.where(a > 1, a, -a), np.select([a > 2, a > 1], [100, 50], 0), np.choose([0, 1], [[1, 2], [3, 4]]), np.extract(a > 1, a), np.piecewise(np.array([-1., 0, 2]), [np.array([True, False, False])], [5, 7]))
