import numpy as np

image = np.arange(16.0).reshape(4, 4)
kernel = np.array([[1.0, 0.0], [0.0, -1.0]])
windows = np.lib.stride_tricks.sliding_window_view(image, (2, 2))
print(windows.shape)
print(np.einsum("ijkl,kl->ij", windows, kernel))
print(np.tensordot(windows, kernel, axes=([2, 3], [0, 1])))
padded = np.pad(image, 1, mode="reflect")
print(padded[0], np.convolve(image[0], [0.5, 0.5], mode="same"), np.convolve(image[0], [0.5, 0.5], mode="valid"))
