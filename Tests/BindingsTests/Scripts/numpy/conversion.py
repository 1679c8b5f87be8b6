import numpy as np

a = np.array([[1, 2], [3, 4]])
print(a.tolist(), np.array([1.5]).item(), np.array(3).item(), a.item(3), a.item(1, 0))
print(list(np.arange(3)), list(a[0]), tuple(np.array([1.5, 2])))
print(float(np.array(2.5)), int(np.array(7)), bool(np.array([1])))
print(np.asarray([1, 2]), np.asarray(a) is a, np.array(a) is a)
for f in (lambda: bool(np.array([1, 2])), lambda: int(np.array([1, 2])), lambda: np.array([1, 2]).item(), lambda: hash(np.array([1]))):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(np.fromiter((i * i for i in range(4)), dtype=int))
