import math
import torch

t = torch.arange(64) / 64
x = torch.sin(2 * math.pi * 8 * t)
window = torch.hann_window(16)
print(window[:4], torch.hamming_window(4), torch.hann_window(5, periodic=False))
S = torch.stft(x, n_fft=16, hop_length=8, window=window, return_complex=True)
print(S.shape, S.dtype)
power = S.abs() ** 2
print(power[:, 1:-1].argmax(0))
print(power.sum().round(decimals=2))
back = torch.istft(S, n_fft=16, hop_length=8, window=window, length=64)
print((back - x).abs().max() < 1e-5)
