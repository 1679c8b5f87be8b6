import torch

a = torch.tensor([1, 2, 3])
b = torch.tensor([4.0, 5.0, 6.0])
print(a + b, a - b, a * b, a / b, a + 1, 1 - a, 2 * a, a / 2, a // 2, a % 2, a ** 2, 2 ** a)
print(-a, abs(torch.tensor([-1, 2])), a + 1.5, a * True, b.double() * 2.5)
print(a == 2, a != 2, a < 2, a >= 2, (a > 1) & (a < 3), (a == 1) | (a == 3), ~(a > 1), (a > 1) ^ (a > 2))
print(a & 1, a | 4, a << 1, a >> 1, a @ a, b @ b)
print(torch.tensor([7, -7]) // 2, torch.tensor([7, -7]) % 3, torch.tensor([7.0, -7.0]) % 3)
print(torch.add(a, b), torch.sub(a, 1), torch.mul(a, 2), torch.div(a, 2), torch.div(torch.tensor([7, -7]), 2, rounding_mode="floor"), torch.div(torch.tensor([7, -7]), 2, rounding_mode="trunc"))
print(torch.add(a, b, alpha=10), a.add(1), a.mul(b), torch.pow(b, 2), torch.maximum(a, torch.tensor(2)), torch.minimum(b, torch.tensor(5.0)), torch.fmod(torch.tensor([-5.0]), 3), torch.remainder(torch.tensor([-5.0]), 3))
a += 10
b *= 2
print(a, b)
a.add_(1).mul_(2)
print(a, b.sub_(1), b.div_(2), b.pow_(2), b.sqrt_(), b.zero_(), b.fill_(3))
