import numpy as np

A, B = np.arange(6).reshape(2, 3), np.arange(6).reshape(3, 2)
print(np.einsum("ij,jk->ik", A, B))
print(np.einsum("ij->j", A), np.einsum("ii", np.eye(3)), np.einsum("i,j->ij", [1, 2], [3, 4]))
print(np.tensordot(A, B, axes=1), np.kron([1, 2], [1, 10]), np.inner(A, A), np.outer([1, 2], [3, 4]))
print(np.cross([1, 2, 3], [4, 5, 6]), np.vdot([1, 2], [3, 4]))
print(np.einsum("...i,...i->...", np.ones((2, 3)), np.ones(3)))
