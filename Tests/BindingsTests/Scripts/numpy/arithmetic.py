import numpy as np

a = np.array([1, 2, 3])
b = np.array([4.0, 5.0, 6.0])
print(a + b, a - b, a * b, a / b)
print(a + 1, 1 - a, 2 * a, a / 2, a // 2, a % 2, a ** 2, 2 ** a)
print(-a, +a, abs(np.array([-1, 2])))
print(repr(a + 1.5), repr(a * True), repr(a.astype(np.float32) * 2.5))
print(repr(np.array([1, 2], dtype=np.int32) + np.array([1.5, 2], dtype=np.float32)))
print(a == 2, a != 2, a < 2, a >= 2)
print((a > 1) & (a < 3), (a == 1) | (a == 3), ~(a > 1), (a > 1) ^ (a > 2))
print(a & 1, a | 4, a << 1, a >> 1)
print(a @ a, a @ b)
print(np.array([7, -7]) // 2, np.array([7, -7]) % 3, np.array([7., -7.]) % 3)
print([1, 2, 3] + a, a + [10, 20, 30])
a += 10
a *= 2
print(a)
b /= 2
print(b)
