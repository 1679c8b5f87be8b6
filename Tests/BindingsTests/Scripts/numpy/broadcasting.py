import numpy as np

a = np.arange(6).reshape(2, 3)
print(a + np.array([10, 20, 30]))
print(a + np.array([[100], [200]]))
print(a * np.array([[1], [2]]))
print(np.arange(3)[:, None] * np.arange(4)[None, :])
print((a - a.mean(axis=0)) / a.std(axis=0))
for other in (np.zeros(2), np.zeros((3, 2))):
    try:
        a + other
    except ValueError as e:
        print("ValueError:", e)
print(np.broadcast_to(np.array([1, 2]), (3, 2)))
