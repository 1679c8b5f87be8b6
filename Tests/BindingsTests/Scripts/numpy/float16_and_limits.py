import numpy as np

x = np.array([1.0, 0.1, 1 / 3, 65504], dtype=np.float16)
print(x, x.dtype, x.itemsize, x.nbytes)
print(x[:2] + x[:2], (x[:2] + np.float32(1)).dtype, x.astype(np.float64))
print(repr(x), repr(x[1]), x.sum(), x[:2].mean())
print(np.finfo(np.float32).eps, np.finfo(np.float64).max, np.iinfo(np.int32).max, np.iinfo(np.uint8).max)
with np.errstate(divide="ignore"):
    print(np.array([1.0]) / 0)
print(np.float16(2.5), np.float16(1) / 3)
