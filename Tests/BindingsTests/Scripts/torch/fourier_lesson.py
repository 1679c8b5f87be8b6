import math
import torch

t = torch.arange(8) / 8
signal = torch.sin(2 * math.pi * 2 * t)
spectrum = torch.fft.rfft(signal)
print(spectrum.shape, spectrum.dtype)
print(spectrum.abs().round(decimals=3))
print(torch.fft.rfftfreq(8, d=1 / 8))
print(torch.fft.irfft(spectrum, n=8).round(decimals=3).abs())
z = torch.fft.fft(torch.tensor([1.0, 2.0, 3.0, 4.0]))
print(z)
print(z.real, z.imag)
print(torch.view_as_real(z))
print(torch.fft.fftshift(torch.fft.fftfreq(6)))
image = torch.ones(2, 2)
print(torch.fft.fft2(image))
print((torch.fft.ifft2(torch.fft.fft2(image)).real - image).abs().max() < 1e-6)
print(torch.complex(torch.tensor([1.0]), torch.tensor([-2.0])), torch.is_complex(z), (z * z.conj()).real)
x = torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
torch.fft.rfft(x).abs().square().sum().backward()
print(x.grad)
