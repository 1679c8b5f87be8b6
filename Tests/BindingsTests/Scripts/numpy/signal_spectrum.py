import numpy as np

n = 16
t = np.arange(n) / n
x = np.cos(2 * np.pi * 3 * t)
X = np.fft.fft(x)
print(np.abs(X).round(6))
print(np.fft.fftfreq(n, 1 / n))
print(np.argmax(np.abs(X[: n // 2])))
print(np.fft.rfft([1.0, 2.0, 3.0]))
print(np.fft.ifft(np.fft.fft([1.0, 2.0, 3.0])).real)
print(np.fft.irfft(np.fft.rfft(x)).round(3)[:4])
print(np.fft.fftshift(np.arange(5)), np.fft.fft2(np.ones((2, 2))))
print(np.hanning(5), np.hamming(3).round(4), np.convolve([1, 2, 3], [0, 1, 0.5]), np.correlate([1, 2, 3], [0, 1, 0.5]))
z = np.fft.fft([1.0, 2.0, 3.0])
print(z, z.dtype, z.real, z.imag)
print(z[1], abs(z[0]), np.conj(z))
