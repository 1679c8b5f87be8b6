import torch

i, f, d, b = torch.tensor([1]), torch.tensor([1.0]), torch.tensor([1.0], dtype=torch.float64), torch.tensor([True])
for x, y in ((i, f), (f, d), (i, d), (b, i), (b, f), (i, b)):
    print((x + y).dtype, (x * y).dtype)
print((i + 1.5).dtype, (i / 2).dtype, (i // 2).dtype, (f + 1).dtype, (d + 1).dtype, (b + 1).dtype, (b + b).dtype)
print((f + torch.tensor(1.0, dtype=torch.float64)).dtype, (i + torch.tensor(1.5)).dtype)
print(i.float().dtype, f.long().dtype, f.double().dtype, i.bool().dtype, f.int().dtype, i.to(torch.float64).dtype, i.type(torch.float32).dtype, i.byte().dtype)
print(torch.sqrt(i).dtype, torch.exp(b).dtype, i.sum().dtype, b.sum().dtype, f.mean().dtype, torch.cat([i, f]).dtype, torch.where(b, i, f).dtype)
print(torch.float32, torch.long, torch.float, torch.double, torch.bool, i.dtype == torch.int64, f.dtype is torch.float32)
print(i.type(), f.type(), b.type(), torch.is_floating_point(f), i.is_floating_point())
