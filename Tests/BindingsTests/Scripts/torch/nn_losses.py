import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.tensor([[2.0, 0.5, -1.0], [0.1, 1.2, 0.3]], requires_grad=True)
target = torch.tensor([0, 2])
print(nn.CrossEntropyLoss()(x, target))
print(nn.CrossEntropyLoss(reduction='none')(x, target))
print(nn.CrossEntropyLoss(label_smoothing=0.1)(x, target))
print(nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0, 3.0]))(x, target))
print(nn.CrossEntropyLoss(ignore_index=2)(x, target))
print(F.cross_entropy(x, torch.softmax(x.detach(), 1)))
print(F.nll_loss(F.log_softmax(x, dim=1), target))
p = torch.sigmoid(x)
b = torch.tensor([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]])
print(F.binary_cross_entropy(p, b), F.binary_cross_entropy_with_logits(x, b))
print(nn.BCEWithLogitsLoss(pos_weight=torch.tensor([2.0, 1.0, 1.0]))(x, b))
y = torch.tensor([[1.5, 0.0, -1.0], [0.0, 1.0, 3.0]])
for name in ['MSELoss', 'L1Loss', 'SmoothL1Loss', 'HuberLoss']:
    loss = getattr(nn, name)()
    print(loss, loss(x, y), getattr(nn, name)(reduction='sum')(x, y).item())
print(F.kl_div(F.log_softmax(x, 1), F.softmax(y, 1), reduction='batchmean'))
print(F.cosine_embedding_loss(x, y, torch.tensor([1.0, -1.0])), F.hinge_embedding_loss(x, b * 2 - 1))
print(F.triplet_margin_loss(x, y, b), F.margin_ranking_loss(x[0], y[0], torch.tensor([1.0, -1.0, 1.0])))
print(F.gaussian_nll_loss(x, y, torch.ones(2, 3)), F.poisson_nll_loss(x, y.abs()))
print(F.multi_margin_loss(x, target), F.soft_margin_loss(x, b * 2 - 1), F.multilabel_soft_margin_loss(x, b))


class FocalLoss(nn.Module):
    def __init__(self, alpha=1, gamma=2):
        super().__init__()
        self.alpha, self.gamma = alpha, gamma

    def forward(self, inputs, targets):
        ce = F.cross_entropy(inputs, targets, reduction='none')
        pt = torch.exp(-ce)
        return (self.alpha * (1 - pt) ** self.gamma * ce).mean()


focal = FocalLoss()(x, target)
focal.backward()
print(focal, x.grad)
print(nn.CrossEntropyLoss(weight=torch.ones(3)).weight, nn.TripletMarginLoss(margin=0.5).margin)
