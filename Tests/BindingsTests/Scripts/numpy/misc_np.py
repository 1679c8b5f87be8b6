import numpy as np
a = np.array([1, 2, 3])
print(a.mean(), -a, a + a, a * 2.5, a ** 2, a / 2, a // 2, a % 2, 1 / a, 2 ** a, a > 1, (a > 1) & (a < 3), ~(a > 1), a @ a, a == [1, 2, 4], a != 2, not a.any(), 3 in a, a.tolist() + [4], list(a), tuple(a), len(a), sum(a), max(a), [x * 2 for x in a])
a += 1
a[0] = 10
print(a, a.dtype)
try:
    a += 0.5
except TypeError as e:
    print(e)
b = a
b[1] = 7
print(a, b is a, np.array_equal(a, b), (a == b).all(), np.may_share_memory(a, b), id(a) == id(b))
for i, row in enumerate(np.arange(4).reshape(2, 2)):
    print(i, row, row.sum())
for x in np.nditer(np.array([[1, 2], [3, 4]])):
    print(x, end=' ')
print()
for idx, x in np.ndenumerate(np.array([[1, 2], [3, 4]])):
    print(idx, x)
print(list(np.ndindex(2, 2)), np.unravel_index(5, (2, 3)), np.ravel_multi_index((1, 2), (2, 3)), np.ix_([0, 1], [1])[0].shape, np.diag_indices(2), np.tril_indices(2), np.triu_indices(2, 1), np.take_along_axis(np.array([[3, 1]]), np.array([[1, 0]]), 1))
print(np.nan == np.nan, np.inf > 1, np.isnan(np.nan), np.pi, np.e, np.newaxis, np.__version__[0], np.set_printoptions(), np.errstate(all='ignore') is not None, np.seterr(all='ignore')['over'])
with np.errstate(divide='ignore', invalid='ignore'):
    print(np.array([1., 0, -1]) / 0, np.log(np.array([0., -1])), np.array([1]) // 0 if False else '', np.float64(1) / 0)
print(np.bitwise_count([7, 8]), np.packbits([1, 0, 1]), np.unpackbits(np.array([5], dtype=np.uint8)), np.cumulative_sum([1, 2, 3]), np.cumulative_sum([1, 2], include_initial=True), np.unstack(np.eye(2)), np.diag_indices_from(np.eye(2)), np.mask_indices(2, np.triu), np.spacing(1.0), np.astype(np.array([1.5]), int), np.isfortran(np.eye(2)), np.histogram_bin_edges([1, 2, 3], bins=2), np.block([[np.eye(2), np.zeros((2, 1))]]), np.ptp([1, 5]), np.rollaxis(np.zeros((1, 2, 3)), 2).shape)
