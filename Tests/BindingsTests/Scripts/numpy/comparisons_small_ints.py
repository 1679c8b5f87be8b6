import numpy as np
a = np.array([1, 44, 127], dtype=np.int8)
print(a == 300, a < 300, a > -500, a == 44, a != 1000, a <= 127, (a > 100).any(), a.max() > 200)
b = np.array([250, 5], dtype=np.uint8)
print(b < -1, b >= 256, b + 5, b - 251, b.astype(int) + 10, np.maximum(b, 7), b // 2, b ** 2, b % 7, -b, ~b, b << 1, b >> 1)
for f in [lambda: a + 200, lambda: b - 300, lambda: np.int8(300), lambda: np.array([128], dtype=np.int8), lambda: np.uint8(-1), lambda: np.full(2, 70000, dtype=np.uint16) if False else np.array([-1], dtype=np.uint32)]:
    try:
        print(f())
    except OverflowError as e:
        print('OverflowError', e)
print(np.array([1.5, 300.7]).astype(np.uint8) if False else '', np.array([200], dtype=np.uint8).view(np.int8) if False else '', np.array([1, 2], dtype=np.int8).sum(), np.array([100, 100], dtype=np.int8).sum(), np.array([100, 100], dtype=np.int8).cumsum(), np.array([3, 4], dtype=np.int16).mean(), np.sqrt(np.array([4], dtype=np.int8)).dtype, np.exp(np.array([0], dtype=np.int16)).dtype, np.array([1], dtype=np.int8) / np.array([2], dtype=np.int8), (np.array([1], dtype=np.int8) * 1.5).dtype, (np.array([1], dtype=np.int16) * np.float32(1)).dtype)
c = np.zeros(3, dtype=np.int16)
c[1] = 7
c += 1
c[c > 1] *= 2
print(c, c.dtype, np.where(c > 1, c, 0).dtype, np.concatenate([c, np.array([1], dtype=np.int8)]).dtype, np.unique(c), np.argsort(c), c.tolist(), np.dot(c, c), np.outer(c, c).dtype, c.astype(np.int8), np.median(c), np.bincount(c), c.reshape(3, 1) @ c.reshape(1, 3))
