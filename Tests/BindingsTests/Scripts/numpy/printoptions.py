import numpy as np

np.set_printoptions(precision=3)
print(np.array([1.23456789, 2.0]))
np.set_printoptions(suppress=True)
print(np.array([1e-8, 1.0, 12345.678]))
np.set_printoptions(threshold=5)
print(np.arange(10))
np.set_printoptions(edgeitems=2)
print(np.arange(10))
