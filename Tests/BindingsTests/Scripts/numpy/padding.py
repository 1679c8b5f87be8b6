import numpy as np

x = np.array([[1, 2], [3, 4]])
print(np.pad(x, 1))
print(np.pad(x, ((0, 1), (2, 0)), constant_values=9))
for mode in ("edge", "reflect", "symmetric", "wrap", "mean", "maximum", "minimum", "linear_ramp"):
    print(mode, np.pad(np.array([1, 2, 3]), 2, mode=mode))
try:
    np.pad(x, -1)
except ValueError as error:
    print(error)
