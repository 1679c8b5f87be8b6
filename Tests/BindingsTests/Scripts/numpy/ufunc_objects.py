import numpy as np
print(np.add, np.sqrt, np.multiply.identity, np.add.nin, np.add.nargs, np.sqrt.__name__, type(np.add).__name__, callable(np.add))
a = np.array([[1, 2, 3], [4, 5, 6]])
print(np.add.reduce(a), np.add.reduce(a, axis=1), np.add.reduce(a, axis=None), np.multiply.reduce(a, axis=1, keepdims=True), np.maximum.reduce(a, axis=0), np.minimum.reduce(a, axis=1), np.logical_and.reduce([True, False]), np.logical_or.reduce([[True, False], [False, False]], axis=1), np.bitwise_or.reduce([1, 2, 4]), np.subtract.reduce([10, 3, 2]), np.add.reduce([1, 2], initial=10))
print(np.add.accumulate([1, 2, 3]), np.multiply.accumulate([1, 2, 3, 4]), np.maximum.accumulate([1, 3, 2, 5, 4]), np.minimum.accumulate([5, 3, 4, 1]), np.add.accumulate(a, axis=1), np.subtract.accumulate([10, 1, 2]))
print(np.multiply.outer([1, 2], [3, 4, 5]), np.add.outer([1, 2], [10, 20]), np.subtract.outer([1, 2], [1, 2]), np.less.outer([1, 3], [2, 4]))
b = np.zeros(4)
np.add.at(b, [0, 0, 2], 1)
np.subtract.at(b, [1], 5)
np.multiply.at(b, [0, 0], 3)
np.maximum.at(b, [3, 1], [7, -1])
print(b, np.add.reduceat(np.arange(8), [0, 4, 1, 5]))
out = np.empty(3)
r = np.multiply([1, 2, 3], 2, out=out)
print(out, r is out, np.sqrt([4., 9], out=np.zeros(2)), np.add(1, 2, dtype=float), np.divide([1., 2], [0., 1], out=np.zeros(2), where=np.array([False, True])), np.exp([0, 1], where=[True, False], out=np.array([5., 5.])))
c = np.array([1, 2, 3])
try:
    np.add(c, 0.5, out=c)
except TypeError as e:
    print(type(e).__name__, e)
try:
    np.sqrt.reduce([1, 2])
except ValueError as e:
    print(e)
try:
    np.add([1, 2], [1, 2, 3])
except ValueError as e:
    print(e)
print(list(map(np.sqrt, [1, 4])), np.vectorize(lambda x, y: x + y)([1, 2], [3, 4]), np.frompyfunc if False else '', np.apply_along_axis(np.sum, 1, a), np.apply_along_axis(lambda r: r[::-1], 1, a), np.apply_over_axes(np.sum, a, [0, 1]))
f = np.vectorize(lambda x: 1 if x > 2 else 0)
print(f(a), f(3))
