import numpy as np
a = np.array([[4., 1], [2, 3]])
print(np.linalg.inv(a), np.linalg.det(a), np.linalg.solve(a, [1, 2]), np.linalg.eigvals(a), np.linalg.norm(a), np.linalg.norm([3, 4]), np.linalg.norm(a, axis=1), np.linalg.norm(a, 1), np.linalg.norm(a, np.inf), np.linalg.norm(a, 'nuc'), np.linalg.norm([1, -2], ord=1), np.linalg.matrix_rank(a), np.linalg.cond(a), np.linalg.slogdet(a), np.linalg.matrix_power(a, 3), np.trace(a))
w, v = np.linalg.eigh(np.array([[2., 1], [1, 2]]))
print(w, np.abs(v))
u, s, vt = np.linalg.svd(a)
print(s, u @ np.diag(s) @ vt)
q, r = np.linalg.qr(a)
print(np.abs(q), np.abs(r), np.linalg.cholesky([[4., 2], [2, 3]]), np.linalg.pinv(np.array([[1., 2], [3, 4], [5, 6]])), np.linalg.lstsq(np.array([[1., 1], [1, 2], [1, 3]]), np.array([1., 2, 2]), rcond=None)[0], np.linalg.multi_dot([a, a, a]))
print(a @ a, np.dot(a, [1, 2]), np.matmul(a, a), np.inner([1, 2], [3, 4]), np.outer([1, 2], [3, 4]), np.vdot([1, 2], [3, 4]), np.tensordot(a, a, 1), np.einsum('ij,jk->ik', a, a), np.einsum('ii', a), np.einsum('ij->ji', a), np.einsum('i,j', [1, 2], [3, 4]), np.einsum('ij,ij->i', a, a), np.kron(np.eye(2), [[1, 2]]))
for f in [lambda: np.linalg.inv([[1., 2], [2, 4]]), lambda: np.linalg.solve([[0., 0], [0, 0]], [1, 2]), lambda: np.linalg.cholesky([[1., 2], [2, 1]]), lambda: np.linalg.inv([[1., 2, 3]]), lambda: np.linalg.eig([1, 2])]:
    try:
        print(f())
    except np.linalg.LinAlgError as e:
        print(type(e).__name__, e)
print(np.linalg.matrix_norm(a), np.linalg.vector_norm([3, 4]), np.linalg.matrix_transpose(a), np.linalg.tensorinv(np.eye(4).reshape(2, 2, 2, 2)).shape, np.linalg.svdvals(a), np.linalg.diagonal(a), np.linalg.vecdot([1, 2], [3, 4]), np.matvec(a, [1, 2]), np.vecmat([1, 2], a))
