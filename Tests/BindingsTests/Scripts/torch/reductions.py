import torch

a = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(a.sum(), a.sum(0), a.sum(dim=1), a.sum(dim=1, keepdim=True), a.sum(axis=0), torch.sum(a, (0, 1)))
print(a.mean(), a.mean(dim=0), torch.mean(a, 1), a.std(), a.var(), a.std(dim=0), a.var(unbiased=False), torch.std(a, dim=1, correction=0))
print(a.min(), a.max(), a.max(dim=1), a.min(0), torch.max(a, torch.tensor(3.0)), a.amax(dim=0), a.amin(1))
values, indices = torch.max(a, 1)
print(values, indices, a.max(1).values, a.max(1)[1], a.max(1).indices)
print(a.argmax(), a.argmin(), a.argmax(dim=0), a.argmax(1, keepdim=True), a.prod(), a.prod(0))
print((a > 2).any(), (a > 2).all(), (a > 0).all(dim=0), torch.any(a > 5, 1), torch.count_nonzero(a > 2))
print(a.cumsum(0), a.cumprod(dim=1), a.norm(), a.norm(dim=1), a.norm(p=1), a.logsumexp(1), torch.median(a), a.median(dim=1))
print(torch.tensor([1, 2]).sum(), torch.tensor([True, True]).sum(), a.int().sum().dtype)
