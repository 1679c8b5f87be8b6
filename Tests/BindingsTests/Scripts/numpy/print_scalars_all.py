import numpy as np
for d in ['float16', 'float32', 'float64', 'int32', 'int64', 'uint8', 'bool', 'complex64', 'complex128']:
    a = np.array([0, 1, 2, 3]).astype(d)
    print(d, a, repr(a), repr(a[1]), a.dtype, a.itemsize, a.nbytes)
    print(repr(np.zeros((0, 3), dtype=d)), repr(np.array(1, dtype=d)), np.array(1, dtype=d))
print(np.float64(0.1) + np.float64(0.2), np.float32(0.1) + np.float32(0.2))
print(repr(np.float32(1e10)), repr(np.float32(1e16)), repr(np.float64(1e16)), repr(np.float64(1e15)), repr(np.float16(65504)))
print(repr(np.float64('nan')), repr(np.float64('-inf')), np.float32('inf'))
print([np.float64(1.5), np.int64(2), np.bool_(True)])
print({'a': np.float32(2.5)}, (np.int32(1), np.uint8(255)))
