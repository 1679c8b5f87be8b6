import numpy as np

a = np.array([[1, 2], [3, 4]])
print(a @ a, a.dot(a), np.dot([1, 2], [3, 4]), np.matmul(a, [1, 1]), a @ np.array([1, 1]))
print(np.outer([1, 2], [3, 4, 5]), np.inner([1, 2], [3, 4]), np.vdot(a, a))
print(np.linalg.norm([3, 4]), np.linalg.norm(a), np.linalg.norm(a, axis=1), np.linalg.norm([3, -4], 1), np.linalg.norm([3, -4], np.inf))
print((np.ones((2, 3, 4)) @ np.ones((2, 4, 5))).shape)
for f in (lambda: np.zeros((2, 3)) @ np.zeros((4, 5)), lambda: np.dot(np.zeros((2, 3)), np.zeros((4, 5))), lambda: np.zeros(3) @ np.zeros(4)):
    try:
        f()
    except ValueError as e:
        print(e)
