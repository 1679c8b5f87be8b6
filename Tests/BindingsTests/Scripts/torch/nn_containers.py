import torch
import torch.nn as nn
from collections import OrderedDict

torch.manual_seed(0)
seq = nn.Sequential(OrderedDict([('fc1', nn.Linear(2, 3)), ('act', nn.ReLU()), ('fc2', nn.Linear(3, 1))]))
print(seq)
print(seq.fc1, seq[1], seq[-1], len(seq))
print(seq[:2])
for name, layer in seq.named_children():
    print(name, layer)
seq.add_module('out', nn.Sigmoid())
seq.append(nn.Identity())
print([n for n, _ in seq.named_children()])
del seq[-1]
print(len(seq))
mods = nn.ModuleList([nn.Linear(2, 2) for i in range(3)])
mods.append(nn.Linear(2, 4))
mods.extend([nn.ReLU(), nn.ReLU()])
mods.insert(1, nn.Tanh())
print(mods)
print(len(mods), mods[0], mods[1:3])
x = torch.ones(1, 2)
for m in mods[:2]:
    x = m(x)
print(x.shape)
d = nn.ModuleDict({'conv': nn.Conv2d(1, 1, 3), 'pool': nn.MaxPool2d(2)})
d['act'] = nn.PReLU()
print(d, list(d.keys()), 'conv' in d, len(d))
for k, v in d.items():
    print(k, type(v).__name__)
d.pop('pool'); d.update({'bn': nn.BatchNorm2d(2)})
print(list(d))
pl = nn.ParameterList([nn.Parameter(torch.ones(2)), torch.zeros(1, 3)])
print(pl, len(pl), pl[0].requires_grad)
pd = nn.ParameterDict({'a': nn.Parameter(torch.ones(2)), 'b': torch.zeros(2, 2)})
print(pd, list(pd.keys()))


class Holder(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = [nn.Linear(1, 1)]
        self.seen = nn.ModuleList([nn.Linear(1, 1)])
        self.params = pl
        self.none = None


h = Holder()
print([n for n, _ in h.named_parameters()])
print(h)
print(nn.Sequential(), nn.ModuleList(), nn.ModuleDict(), nn.Sequential(nn.Sequential(nn.ReLU())))
