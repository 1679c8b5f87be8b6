import torch
import torch.nn as nn

torch.manual_seed(2)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 6), nn.ReLU())
        self.head = nn.Linear(6, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


net = Net()
for param in net.backbone.parameters():
    param.requires_grad = False
print([n for n, p in net.named_parameters() if p.requires_grad])
before = net.backbone[0].weight.clone()
opt = torch.optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.1, momentum=0.9)
x, y = torch.randn(8, 4), torch.randint(0, 2, (8,))
for _ in range(3):
    loss = nn.functional.cross_entropy(net(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(f"{loss.item():.4f}")
print(torch.equal(before, net.backbone[0].weight), net.backbone[0].weight.grad)
net.backbone.requires_grad_(True)
opt.add_param_group({'params': net.backbone.parameters(), 'lr': 0.001})
print(len(opt.param_groups), [len(g['params']) for g in opt.param_groups], [g['lr'] for g in opt.param_groups])
print(opt)
opt2 = torch.optim.AdamW([
    {'params': net.backbone.parameters(), 'lr': 1e-4},
    {'params': net.head.parameters()},
], lr=1e-2)
for group in opt2.param_groups:
    print(group['lr'], group['betas'], group['weight_decay'], len(group['params']))
try:
    opt2.add_param_group({'params': net.head.parameters()})
except ValueError as e:
    print(e)
