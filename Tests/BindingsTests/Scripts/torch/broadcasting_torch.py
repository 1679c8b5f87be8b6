import torch
a = torch.arange(3.).reshape(3, 1)
b = torch.arange(4.)
print(a + b, (a * b).shape, a - b.unsqueeze(0), (torch.ones(2, 1, 4) + torch.ones(3, 1)).shape, torch.ones(5) * 2 + torch.tensor(1), (a == b).sum())
for s, t in [((2, 3), (4,)), ((2, 3), (3, 2)), ((5, 1, 2), (3, 3)), ((2,), (3,))]:
    try:
        torch.ones(s) + torch.ones(t)
    except RuntimeError as e:
        print(e)
x = torch.ones(2, 3)
x += torch.tensor([1., 2, 3])
print(x)
try:
    x += torch.ones(2, 2, 3)
except RuntimeError as e:
    print(e)
pred, target = torch.ones(4, 1), torch.zeros(4)
print((pred - target).shape, ((pred.squeeze(1) - target) ** 2).mean(), torch.nn.functional.mse_loss(pred, target.unsqueeze(1)))
print(torch.cdist(a, a), (a[:, None] - a[None]).abs().sum(-1), torch.einsum('i,j->ij', b, b), b.expand(2, 4), torch.broadcast_tensors(a, b)[0].shape, torch.outer(b, b).trace())
