import torch
import torch.nn as nn

torch.manual_seed(0)
x = torch.randn(4, 3) * 2 + 1
bn = nn.BatchNorm1d(3)
y = bn(x)
print(y.mean(0).abs().max() < 1e-6, y.std(0, unbiased=False))
print(bn.running_mean, bn.running_var, bn.num_batches_tracked)
bn.eval()
print(bn(x))
ln = nn.LayerNorm(3)
print(ln(x), ln.weight, ln.bias)
print(nn.GroupNorm(1, 3)(x.unsqueeze(-1)).squeeze(-1))
print(nn.InstanceNorm1d(3)(torch.arange(12.0).reshape(1, 3, 4)))
print(nn.RMSNorm(3)(x))
print(nn.LayerNorm((2, 3)), nn.BatchNorm2d(5, momentum=0.2), nn.GroupNorm(2, 4), nn.InstanceNorm2d(3))
drop = nn.Dropout(0.5)
torch.manual_seed(1)
print(drop(torch.ones(2, 5)))
drop.eval()
print(drop(torch.ones(2, 5)))
for bad in [lambda: bn(torch.ones(2, 4)), lambda: nn.BatchNorm1d(3)(torch.ones(1, 3)), lambda: nn.BatchNorm2d(3)(x), lambda: ln(torch.ones(2, 4)), lambda: nn.Dropout(1.5), lambda: nn.GroupNorm(2, 3)]:
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
