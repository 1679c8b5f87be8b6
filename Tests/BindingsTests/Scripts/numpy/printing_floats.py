import numpy as np

print(np.array([1.0, 2.5, 3.14159265358979]))
print(np.array([1e-10, 1.0]))
print(np.array([1e10, 1.0]))
print(np.array([1e16, 1.0]))
print(np.array([0.1, 0.2, 0.3]))
print(np.array([np.nan, 1.0, np.inf, -np.inf]))
print(np.array([[1.0, -2.0], [0.5, 100.25]]))
print(np.array([1/3, 2/3], dtype=np.float32))
print(np.array([123456.789, 0.001]))
print(np.array([-0.0, 0.0]))
print(repr(np.array([1e-5, 1])))
