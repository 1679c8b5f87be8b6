import numpy as np

A = np.array([[3.0, 1.0], [1.0, 2.0]])
b = np.array([9.0, 8.0])
print(np.linalg.solve(A, b))
print(np.linalg.inv(A))
print(np.linalg.det(A).round(6), np.linalg.matrix_rank(A), np.trace(A))
w, v = np.linalg.eigh(A)
print(w, np.abs(v))
print(np.linalg.eigvals(np.array([[2, 0], [0, 3]])))
Q, R = np.linalg.qr(A)
print(np.allclose(Q @ R, A), np.allclose(Q.T @ Q, np.eye(2)))
U, s, Vt = np.linalg.svd(np.arange(6.0).reshape(2, 3))
print(s, U.shape, Vt.shape)
print(np.allclose(U @ np.diag(s) @ Vt[:2], np.arange(6.0).reshape(2, 3)))
print(np.linalg.cholesky(np.array([[4.0, 2.0], [2.0, 3.0]])))
print(np.linalg.lstsq(np.array([[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]]), np.array([1.0, 3.0, 5.0]), rcond=None)[0].round(6))
print(np.linalg.norm(A), np.linalg.norm(A, 1), np.linalg.norm(A, axis=0), np.linalg.cond(A))
print(np.linalg.matrix_power(np.array([[1, 1], [1, 0]]), 8))
try:
    np.linalg.inv(np.ones((2, 2)))
except np.linalg.LinAlgError as error:
    print("LinAlgError:", error)
try:
    np.linalg.inv(np.ones((2, 3)))
except np.linalg.LinAlgError as error:
    print("LinAlgError:", error)
