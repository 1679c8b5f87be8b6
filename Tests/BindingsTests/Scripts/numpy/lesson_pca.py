import numpy as np
rng = np.random.RandomState(3)
x = rng.randn(50, 3) @ np.array([[2., 0, 0], [1, 0.5, 0], [0, 0, 0.1]])
x = x - x.mean(axis=0)
cov = x.T @ x / (len(x) - 1)
w, v = np.linalg.eigh(cov)
order = np.argsort(w)[::-1]
w = w[order]
print(np.round(w, 4), np.round(w / w.sum(), 3), np.allclose(np.cov(x.T), cov))
u, s, vt = np.linalg.svd(x, full_matrices=False)
print(u.shape, s.shape, vt.shape, np.allclose(s ** 2 / (len(x) - 1), w), np.round(np.abs(vt @ v[:, order]), 3))
