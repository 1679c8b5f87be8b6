import torch
import torch.nn.functional as F
torch.manual_seed(3)
B, T, C = 1, 4, 6
x = torch.randn(B, T, C)
q, k, v = (torch.randn(C, 4) for _ in range(3))
s = (x @ q) @ (x @ k).transpose(-2, -1) / 4 ** 0.5
mask = torch.tril(torch.ones(T, T)) == 0
s = s.masked_fill(mask, float('-inf'))
a = F.softmax(s, dim=-1)
print(s, a, a.sum(-1), (a @ (x @ v)).shape, torch.allclose(a @ (x @ v), F.scaled_dot_product_attention(x @ q, x @ k, x @ v, is_causal=True), atol=1e-5))
pos = torch.arange(4).unsqueeze(1) * torch.exp(torch.arange(0, 6, 2) * -(torch.log(torch.tensor(10000.0)) / 6))
print(torch.stack([pos.sin(), pos.cos()], dim=-1).flatten(1))
