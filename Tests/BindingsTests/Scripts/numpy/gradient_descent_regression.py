import numpy as np

X = np.c_[np.ones(5), np.arange(5.0)]
y = 2 + 3 * np.arange(5.0)
theta = np.zeros(2)
for step in range(500):
    theta -= 0.05 * 2 / len(y) * X.T @ (X @ theta - y)
print(theta.round(3))
print(np.linalg.inv(X.T @ X) @ X.T @ y)
print(np.linalg.pinv(X) @ y)
residual = y - X @ theta
print(np.abs(residual).max() < 0.01, np.sqrt(np.mean(residual ** 2)) < 0.01)
