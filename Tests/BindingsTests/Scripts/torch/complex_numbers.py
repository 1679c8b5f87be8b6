import torch

z = torch.complex(torch.tensor([3.0, 0.0]), torch.tensor([4.0, -1.0]))
print(z, z.dtype)
print(z.abs(), z.angle(), z.real, z.imag, z.conj())
print(z + 1, z * 2, z * z, z / z)
print(torch.view_as_real(z), torch.view_as_complex(torch.tensor([[1.0, 2.0]])))
print(torch.polar(torch.tensor([1.0, 2.0]), torch.tensor([0.0, 0.0])))
print(z.sum(), z.mean(), z.to(torch.complex128).dtype)
print(z == z, z.shape, z.numel(), torch.is_complex(z), z.is_complex())
print(torch.zeros(2, dtype=torch.complex64), torch.cat([z, z]).shape)
