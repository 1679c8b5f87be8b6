import torch
import torch.nn as nn

torch.manual_seed(0)
m = nn.Linear(2, 2, dtype=torch.float64)
print(m.weight)
print(m(torch.ones(1, 2, dtype=torch.float64)))
n = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3)).double()
print([p.dtype for p in n.parameters()], n[1].running_mean.dtype, n[1].num_batches_tracked.dtype)
print(n.to(torch.float32)[0].weight.dtype, n.float()[0].bias.dtype)
try:
    n(torch.ones(4, 2, dtype=torch.float64))
except RuntimeError as e:
    print(e)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
n = n.to(device)
print(next(n.parameters()).device)
p = nn.Parameter(torch.arange(3.0))
print(p, p.shape, p.grad, p.is_leaf)
(p ** 2).sum().backward()
print(p.grad)
p.grad.zero_()
print(p.grad, p.data)
print(nn.Parameter(torch.tensor(2.0)), nn.Parameter(torch.ones(2, dtype=torch.long), requires_grad=False))
torch.set_default_dtype(torch.float64)
print(nn.Linear(1, 1).weight.dtype)
torch.set_default_dtype(torch.float32)
