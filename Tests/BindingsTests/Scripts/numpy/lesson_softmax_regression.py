import numpy as np
np.random.seed(42)
X = np.random.randn(60, 2)
y = (X[:, 0] + X[:, 1] > 0).astype(int) + (X[:, 0] > 1).astype(int)
W, b = np.zeros((2, 3)), np.zeros(3)
Y = np.eye(3)[y]
for epoch in range(200):
    z = X @ W + b
    z -= z.max(axis=1, keepdims=True)
    p = np.exp(z)
    p /= p.sum(axis=1, keepdims=True)
    g = (p - Y) / len(X)
    W -= 0.5 * X.T @ g
    b -= 0.5 * g.sum(axis=0)
loss = -np.log(p[np.arange(len(y)), y]).mean()
print(np.round(loss, 5), (p.argmax(1) == y).mean(), np.round(W, 3), np.bincount(y))
print(np.unique(y, return_counts=True), np.take_along_axis(p, y[:, None], axis=1)[:3].round(4))
