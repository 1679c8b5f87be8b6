import numpy as np
np.random.seed(1)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0, 1, 1, 0]]).T
w0 = 2 * np.random.random((3, 4)) - 1
w1 = 2 * np.random.random((4, 1)) - 1
for j in range(2000):
    h = 1 / (1 + np.exp(-(X @ w0)))
    o = 1 / (1 + np.exp(-(h @ w1)))
    d1 = (y - o) * (o * (1 - o))
    d0 = d1.dot(w1.T) * (h * (1 - h))
    w1 += h.T.dot(d1)
    w0 += X.T.dot(d0)
    if j % 500 == 0:
        print('error', str(np.round(np.mean(np.abs(y - o)), 8)))
print(o.round(3), (o > 0.5).astype(int).ravel())
