import torch

a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print(a @ a, a.mm(a), torch.matmul(a, torch.tensor([1.0, 1.0])), a.mv(torch.tensor([1.0, 1.0])), torch.dot(torch.tensor([1, 2]), torch.tensor([3, 4])), torch.outer(torch.tensor([1, 2]), torch.tensor([3, 4])))
print(torch.bmm(torch.ones(2, 1, 3), torch.ones(2, 3, 1)), (torch.ones(2, 3, 4) @ torch.ones(4, 5)).shape, a.T @ a)
