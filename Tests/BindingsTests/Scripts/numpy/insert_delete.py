import numpy as np
a = np.arange(5)
print(np.insert(a, 2, 99), np.insert(a, [1, 3], [10, 20]), np.insert(a, 5, 7), np.insert(a, -1, 8), np.insert(a, 1, [7, 8, 9]), np.insert(a, [0, 0], 5))
b = np.array([[1, 2], [3, 4]])
print(np.insert(b, 1, 0, axis=0), np.insert(b, 0, [9, 8], axis=1), np.insert(b, 1, 5), np.insert(b, [0, 2], [[7], [8]], axis=0) if False else np.insert(b, [0, 2], 7, axis=1))
print(np.delete(a, 1), np.delete(a, [0, -1]), np.delete(a, slice(1, 3)), np.delete(b, 0, axis=1), np.append(a, 5), np.append(b, [[5, 6]], axis=0), np.append(b, 9))
try:
    np.insert(a, 9, 1)
except IndexError as e:
    print(e)
try:
    np.delete(a, 9)
except IndexError as e:
    print(e)
