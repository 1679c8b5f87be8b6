import torch

a = torch.tensor([3, 1, 2])
print(torch.sort(a), a.sort(descending=True), torch.argsort(a), a.argsort(descending=True))
values, indices = a.sort()
print(values, indices)
print(torch.topk(torch.tensor([1.0, 5.0, 3.0]), 2), torch.tensor([1, 5, 3]).topk(1, largest=False))
m = torch.tensor([[3, 1], [2, 4]])
print(m.sort(dim=0), m.sort(1).values, m.topk(1, dim=1).indices)
print(torch.unique(torch.tensor([3, 1, 3, 2])), torch.unique(torch.tensor([3, 1, 3]), return_counts=True), torch.unique(torch.tensor([3, 1, 3]), return_inverse=True))
