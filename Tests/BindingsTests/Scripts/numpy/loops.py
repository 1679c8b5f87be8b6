import numpy as np

w = np.zeros(2)
X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
y = np.array([5.0, 11.0, 17.0])
for step in range(200):
    pred = X @ w
    grad = 2 * X.T @ (pred - y) / len(y)
    w -= 0.01 * grad
print(np.round(w, 4))
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
print(softmax(np.array([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]])))
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
print(sigmoid(np.array([-1.0, 0.0, 1.0])), sigmoid(0.5))
one_hot = np.eye(3)[[0, 2, 1]]
print(one_hot)
acc = (np.array([1, 0, 1]) == np.array([1, 1, 1])).mean()
print(acc, f"{acc:.2%}")
print({k: int(v) for k, v in zip(*np.unique([1, 1, 2], return_counts=True))})
