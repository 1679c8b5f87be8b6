import numpy as np

print(np.arange(2000))
print(np.arange(10000).reshape(100, 100))
print(np.zeros((3, 400)))
print(np.arange(30))
print(np.arange(100) * 1.5)
print(np.arange(24).reshape(2, 3, 4))
