import numpy as np

a = np.array([1, 2, 3])
print(a.dtype, repr(a.dtype), a.astype(float).dtype, a.astype("float32").dtype, a.astype(np.uint8).dtype, a.astype(bool))
print(a.dtype == np.int64, a.dtype == "int64", a.dtype == float, np.dtype("float32"), np.float32)
print((a / 2).dtype, (a * 1.0).dtype, (a > 1).dtype, np.array([1.5, 2]).astype(int))
print(np.issubdtype(a.dtype, np.integer), np.issubdtype(np.float32, np.floating), a.dtype.name, a.dtype.kind, a.itemsize)
print(np.array([300, 5], dtype=np.int64).astype(np.uint8), np.zeros(2, dtype="i4").dtype, np.ones(1, "f4").dtype)
print(np.int64(3).dtype, type(a), type(a[0]), type(a.tolist()[0]))
print(np.result_type if False else "", np.float64 is np.double, np.int_ is np.int64)
try:
    a += 1.5
except TypeError as e:
    print(e)
try:
    a /= 2
except TypeError as e:
    print(e)
try:
    np.array([1, 2]) ** -1
except ValueError as e:
    print(e)
