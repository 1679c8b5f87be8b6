import torch

torch.manual_seed(0)
print(torch.rand(3), torch.randn(2, 2), torch.randint(0, 10, (5,)), torch.randperm(6))
print(torch.randint(5, (2, 2)), torch.rand_like(torch.zeros(2)), torch.randn_like(torch.zeros(3)), torch.normal(0.0, 2.0, (2,)))
torch.manual_seed(42)
print(torch.randn(20), torch.rand(2, 3))
g = torch.Generator().manual_seed(7)
print(torch.rand(2, generator=g), torch.randperm(4, generator=g), g.initial_seed())
x = torch.empty(3)
torch.manual_seed(1)
print(x.uniform_(-1, 1), x.normal_(), x.normal_(5, 2))
try:
    torch.randint(5, 5, (2,))
except RuntimeError as e:
    print(e)
