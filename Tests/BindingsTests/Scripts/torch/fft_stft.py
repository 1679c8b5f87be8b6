import torch
torch.set_printoptions(precision=3, sci_mode=False)
x = torch.tensor([1., 2, 3, 4])
print(torch.fft.fft(x), torch.fft.ifft(torch.fft.fft(x)).real, torch.fft.rfft(x), torch.fft.irfft(torch.fft.rfft(x), n=4), torch.fft.fftfreq(4), torch.fft.rfftfreq(4, d=0.5), torch.fft.fftshift(x), torch.fft.ifftshift(x), torch.fft.fft2(torch.eye(2)), torch.fft.fft(x, n=6).abs(), torch.fft.fft(x, norm='ortho'), torch.fft.rfft2(torch.eye(2)), torch.fft.fftn(torch.ones(2, 2)), torch.fft.hfft(torch.fft.ihfft(x)))
t = torch.arange(32.) / 32
sig = torch.sin(2 * torch.pi * 4 * t)
S = torch.stft(sig, n_fft=8, hop_length=4, window=torch.hann_window(8), return_complex=True)
print(S.shape, S.abs()[:, 2], torch.istft(S, n_fft=8, hop_length=4, window=torch.hann_window(8), length=32)[:4], sig[:4], torch.hann_window(4), torch.hamming_window(4), torch.blackman_window(4), torch.bartlett_window(4), torch.kaiser_window(4) if True else '')
z = torch.complex(torch.tensor([1., 2]), torch.tensor([3., -4]))
print(z, z.real, z.imag, z.abs(), z.angle(), z.conj(), z * z, z + 1, torch.view_as_real(z), torch.view_as_complex(torch.ones(2, 2)), z.dtype, torch.polar(torch.ones(1), torch.zeros(1)), torch.is_complex(z), z.sum(), z.mean())
