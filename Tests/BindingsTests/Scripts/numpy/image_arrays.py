import numpy as np
np.random.seed(0)
img = np.random.randint(0, 256, (4, 5, 3), dtype=np.uint8)
print(img.shape, img.dtype, img[0, 0], img.min(), img.max(), img.mean().round(4), img[..., 0].sum())
gray = (img @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)
print(gray, 255 - gray, gray[::-1, ::-1][0], np.flip(gray, 1)[0], gray.T.shape, gray[1:3, 1:3], np.clip(gray.astype(int) + 100, 0, 255).astype(np.uint8))
print(np.pad(gray, 1).shape, np.rot90(gray).shape, gray.reshape(2, 2, 5).max(axis=1), np.kron(gray[:2, :2], np.ones((2, 2), dtype=np.uint8)), (gray > 128).sum(), np.histogram(gray, bins=4, range=(0, 256))[0], np.bincount(gray.ravel() // 64, minlength=4))
print((img / 255.0).dtype, (img.astype('float32') / 255).dtype, img.transpose(2, 0, 1).shape, np.stack([gray] * 3, axis=-1).shape, gray + gray, gray * 2, gray.astype(np.int16) - 200, np.uint8(200) + np.uint8(100), np.int16(30000) + np.int16(10000))
print(np.random.randint(0, 100, 5, dtype=np.int8), np.random.randint(-5, 5, 4, dtype=np.int16), np.random.randint(0, 2, 6, dtype=np.uint8), np.random.default_rng(1).integers(0, 256, 6, dtype=np.uint8), np.random.default_rng(1).integers(-100, 100, 4, dtype=np.int16))
