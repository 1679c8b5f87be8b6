import numpy as np

a, b = np.array([1, 2]), np.array([3, 4])
print(np.concatenate([a, b]), np.concatenate((a, b, a)))
print(np.stack([a, b]), np.stack([a, b], axis=1))
print(np.vstack([a, b]), np.hstack([a, b]), np.column_stack([a, b]))
m = np.ones((2, 2))
print(np.concatenate([m, np.zeros((1, 2))]), np.concatenate([m, m], axis=1).shape, np.vstack([m, [5, 6]]))
print(np.append(a, 5), np.append([[1, 2]], [[3, 4]], axis=0), np.delete(np.arange(5), 2), np.delete(m, 0, axis=1), np.insert([1, 2, 3], 1, 9))
print(np.split(np.arange(6), 3), np.split(np.arange(6), [2, 3]), np.array_split(np.arange(5), 3))
for f in (lambda: np.concatenate([m, np.ones((2, 3))]), lambda: np.stack([a, np.ones(3)]),
          lambda: np.vstack([a, np.ones(3)]), lambda: np.split(np.arange(5), 2), lambda: np.concatenate([])):
    try:
        f()
    except ValueError as e:
        print(e)
