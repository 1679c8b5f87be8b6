import numpy as np

R = np.array([[0.0, -1.0], [1.0, 0.0]])
w, v = np.linalg.eig(R)
print(w)
print(w.dtype, np.abs(w), np.angle(w))
print(np.linalg.eig(np.diag([1.0, 2.0]))[0])
print(np.roots([1, -3, 2]), np.roots([1, 0, 4]))
print(np.poly([1, 2]), np.iscomplex(w), np.isreal(w))
