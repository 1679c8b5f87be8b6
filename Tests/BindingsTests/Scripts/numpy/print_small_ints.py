import numpy as np
for d in [np.int8, np.int16, np.uint16, np.uint32]:
    a = np.array([1, 2, 100], dtype=d)
    print(a, repr(a), a.dtype, a.itemsize, repr(a[0]), (a + a).dtype, (a * 2).dtype, (a / 2).dtype, int(a.sum()), a.mean())
    print(np.iinfo(d).min, np.iinfo(d).max, np.zeros((2, 2), d), a.max(), a.argmax(), np.sort(a)[::-1])
a = np.array([127, -128, 5], dtype=np.int8)
print(a + np.int8(1), a - 10, a * a, -a, abs(a), a // 3, a % 3, a ** 2, a << 1, a >> 1, a & 15, ~a)
print((a + np.array([1], dtype=np.uint8)).dtype, (a + np.array([1], dtype=np.int16)).dtype, (a + np.array([1.], dtype=np.float16)).dtype, (a + np.float32(1)).dtype)
print(np.array([300, -1, 65536]).astype(np.uint8), np.array([300, -1, 65537]).astype(np.int16), np.array([-1]).astype(np.uint16), np.array([-1]).astype(np.uint32))
print(np.array([1.9, -1.9]).astype(np.int8), np.array([True, False]).astype(np.int8))
print(np.cumsum(np.array([100, 100], dtype=np.int8)), np.prod(np.array([100, 100], dtype=np.int8)))
print(np.result_type(np.int8, np.uint8), np.result_type(np.int16, np.float16), np.result_type(np.uint16, np.int16), np.promote_types('i4', 'u4'))
print(np.dtype('int8'), repr(np.dtype('u2')), np.dtype(np.int16).name, np.int8(5), repr(np.int8(-5)), np.uint16(7) + np.uint16(8), repr(np.uint32(3)))
try:
    np.int8(200)
except OverflowError as e:
    print('OverflowError', e)
try:
    np.array([300], dtype=np.int8)
except OverflowError as e:
    print('OverflowError', e)
try:
    np.array([1], dtype=np.int8) + 300
except OverflowError as e:
    print('OverflowError', e)
