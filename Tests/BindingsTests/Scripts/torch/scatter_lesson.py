import torch

labels = torch.tensor([2, 0, 1])
print(torch.zeros(3, 3).scatter_(1, labels.unsqueeze(1), 1.0))
votes = torch.tensor([0, 1, 1, 2, 1])
print(torch.zeros(3).scatter_add_(0, votes, torch.ones(5)))
print(torch.zeros(3).index_add_(0, votes, torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0])))
src = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0])
for mode in ("sum", "prod", "mean", "amax", "amin"):
    print(mode, torch.ones(3).scatter_reduce(0, votes, src, mode, include_self=False))
x = torch.arange(6.0).reshape(2, 3)
print(x.index_fill(1, torch.tensor([0, 2]), -1.0))
print(x.index_copy(0, torch.tensor([1]), torch.zeros(1, 3)))
print(x.masked_scatter(x > 2, torch.tensor([10.0, 20.0, 30.0])))
print(torch.take_along_dim(x, x.argsort(1, descending=True), 1))
y = torch.zeros(3)
y[torch.tensor([0, 0, 2])] += 1
y.index_put_((torch.tensor([0, 0, 2]),), torch.tensor(1.0), accumulate=True)
print(y)
logits = torch.tensor([[1.0, 2.0], [3.0, 0.0]], requires_grad=True)
logits.gather(1, torch.tensor([[1], [0]])).sum().backward()
print(logits.grad)
