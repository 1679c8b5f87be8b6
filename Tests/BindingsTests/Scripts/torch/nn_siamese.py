import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(4)


class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 3))

    def forward_one(self, x):
        return F.normalize(self.net(x), dim=1)

    def forward(self, a, b):
        return self.forward_one(a), self.forward_one(b)


def contrastive(d, y, margin=1.0):
    return (y * d.pow(2) + (1 - y) * F.relu(margin - d).pow(2)).mean()


m = Siamese()
a, b = torch.randn(10, 5), torch.randn(10, 5)
y = (torch.rand(10) > 0.5).float()
opt = torch.optim.Adagrad(m.parameters(), lr=0.05)
for i in range(6):
    ea, eb = m(a, b)
    loss = contrastive(F.pairwise_distance(ea, eb), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(f"{loss.item():.4f}")
triplet = nn.TripletMarginLoss(margin=0.5)
print(triplet(m.forward_one(a), m.forward_one(b), m.forward_one(b.flip(0))))
print(F.cosine_similarity(m.forward_one(a), m.forward_one(b))[:3])
