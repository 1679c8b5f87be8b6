import copy
import random
from collections import deque
import torch
import torch.nn as nn

torch.manual_seed(0)
random.seed(0)


class QNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))

    def forward(self, s):
        return self.layers(s)


policy = QNet()
target = QNet()
target.load_state_dict(policy.state_dict())
target.eval()
memory = deque(maxlen=50)
for i in range(30):
    memory.append((torch.randn(4), random.randrange(2), random.random(), torch.randn(4)))
opt = torch.optim.AdamW(policy.parameters(), lr=1e-2, amsgrad=True)
crit = nn.SmoothL1Loss()
for step in range(4):
    s, a, r, s2 = zip(*random.sample(list(memory), 8))
    s, s2 = torch.stack(s), torch.stack(s2)
    a, r = torch.tensor(a).unsqueeze(1), torch.tensor(r)
    q = policy(s).gather(1, a)
    with torch.no_grad():
        expected = target(s2).max(1).values * 0.9 + r
    loss = crit(q, expected.unsqueeze(1))
    opt.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_value_(policy.parameters(), 100)
    opt.step()
    print(f"{loss.item():.5f}")
tau = 0.1
ts, ps = target.state_dict(), policy.state_dict()
for key in ps:
    ts[key] = ps[key] * tau + ts[key] * (1 - tau)
print(target.load_state_dict(ts))
clone = copy.deepcopy(policy)
with torch.no_grad():
    clone.layers[0].weight.zero_()
print(policy.layers[0].weight.abs().sum() > 0, clone.layers[0].weight.sum())
