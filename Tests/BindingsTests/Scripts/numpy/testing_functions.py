import numpy as np

np.testing.assert_allclose([1.0, 2.0], [1.0, 2.0 + 1e-9])
np.testing.assert_array_equal([1, 2], [1, 2])
np.testing.assert_almost_equal(1.00000001, 1.0)
for check in (lambda: np.testing.assert_allclose([1.0], [2.0]), lambda: np.testing.assert_array_equal([1, 2], [1, 3])):
    try:
        check()
    except AssertionError as error:
        print(str(error).strip().split("\n")[0])
print(np.array_equal([1], [1]), np.array_equiv([1, 1], 1), np.shares_memory(np.ones(2), np.ones(2)))
w = np.lib.stride_tricks.sliding_window_view(np.arange(5), 3)
print(w, w.mean(axis=1))
