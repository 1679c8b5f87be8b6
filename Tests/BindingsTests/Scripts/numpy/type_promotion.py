import numpy as np
ds = ['bool', 'uint8', 'int32', 'int64', 'float16', 'float32', 'float64', 'complex64', 'complex128']
for x in ds:
    print(x, [str((np.ones(1, x) + np.ones(1, y)).dtype) for y in ds])
for x in ds:
    print(x, [str((np.ones(1, x) * v).dtype) for v in [True, 2, 2.5]])
print((np.ones(2, int) / 2).dtype, (np.ones(2, 'uint8') // 2).dtype, (np.ones(2, bool) + 1).dtype, (np.ones(2, bool) + np.ones(2, bool)))
print(np.sqrt(np.array([4], 'int32')).dtype, np.sqrt(np.array([4], 'uint8')).dtype, np.exp(np.ones(1, 'float16')).dtype, np.sin(np.ones(1, bool)).dtype)
print(np.float32(1) + 1.5, (np.float32(1) + 1.5).dtype, (np.float32(1) + np.float64(1)).dtype, (np.int64(1) + 1.0).dtype, type(np.int64(3) / np.int64(2)).__name__)
print(np.sum(np.ones(3, bool)).dtype, np.mean(np.ones(3, 'float16')).dtype, np.mean(np.ones(3, int)).dtype)
print(np.can_cast('int32', 'float32'), np.can_cast('int32', 'float64'), np.result_type(np.int32, np.float32), np.promote_types('uint8', 'int32'), np.min_scalar_type(300))
print(np.where(True, np.float32(1), 2.0).dtype, np.concatenate([np.ones(1, int), np.ones(1, 'float32')]).dtype, np.array([1, 2.5]).dtype, np.array([True, 2]).dtype)
