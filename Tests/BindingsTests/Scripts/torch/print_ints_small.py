import torch
a = torch.tensor([127, -128, 5], dtype=torch.int8)
print(a, a + 1, a - 10, a * a, -a, a.abs(), a // 3, a % 3, a ** 2, a << 1, a >> 1, a & 15, ~a)
print((a + torch.tensor([1], dtype=torch.uint8)).dtype, (a + torch.tensor([1], dtype=torch.int16)).dtype, (a + 1.5).dtype, (a / 2).dtype, a.sum().dtype, a.float().mean(), a.max(), a.min(), a.argmax(), a.sort())
print(torch.tensor([300, -1, 65537]).to(torch.int16), torch.tensor([1.9, -1.9]).to(torch.int8), torch.tensor([200, 100]).char(), torch.tensor([70000]).short())
b = torch.zeros(2, 3, dtype=torch.int16)
b[0, 1] = 7
b += 2
print(b, b.shape, b.t(), b == 2, torch.arange(5, dtype=torch.int8), torch.ones(2, dtype=torch.short), torch.full((2,), 3, dtype=torch.int16), torch.randint(0, 100, (1,), dtype=torch.int16).dtype)
print(torch.iinfo(torch.int8), torch.iinfo(torch.int16).max, torch.int8, torch.int16, torch.short, torch.int8.itemsize, torch.int8.is_signed, torch.promote_types(torch.int8, torch.uint8), torch.result_type(a, b))
print(torch.cat([a, a]), torch.stack([a, a]).shape, torch.where(a > 0, a, torch.zeros_like(a)), a.tolist(), a[a > 0], a.cumsum(0), a.unique(), a.bool(), a.double())
print(torch.eye(2, dtype=torch.int8) @ torch.ones(2, 2, dtype=torch.int8), a.numpy().dtype, torch.from_numpy(a.numpy()), a.prod(), a.dtype)
