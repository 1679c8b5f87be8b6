import torch
a = torch.arange(24).reshape(2, 3, 4)
print(a[0], a[-1, -1], a[0, 1, 2], a[:, 1], a[..., 0], a[:, :, ::2])
print(a[None].shape, a[:, None, 1].shape, a[..., None].shape, a[5:].shape, a[1:1].shape)
print(a[[0, 1], [1, 2]], a[[0, 1], [1, 2], [3, 0]], a[:, [0, 2]], a[torch.tensor([[0], [1]]), torch.tensor([0, 1])])
print(a[a > 20], a[:, torch.tensor([True, False, True])], a[True].shape, a[False].shape)
print(a[0, torch.tensor([1, 0]), 1:3], a[0, :, [1, 0]], a[:, [0, 1], :][1])
a[0, 0] = 100
a[a > 99] = -1
a[1, :, 1:3] = torch.tensor([7, 8])
a[:, 1] += 5
a[[0, 1], [2, 2]] = 0
print(a)
a[..., -1] = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(a)
b = torch.zeros(3, 3)
b[torch.arange(3), torch.arange(3)] = torch.tensor([1., 2., 3.])
b[b == 0] = 0.5
print(b)
b.index_fill_(0, torch.tensor([0]), 9)
b.index_copy_(1, torch.tensor([2]), torch.ones(3, 1))
b.index_add_(0, torch.tensor([1]), torch.ones(1, 3))
print(b, b.take(torch.tensor([0, 4])), b.index_select(1, torch.tensor([0, 0])))
b.index_put_((torch.tensor([0, 0]), torch.tensor([1, 1])), torch.tensor([1., 1.]), accumulate=True)
print(b, b.put_(torch.tensor([0]), torch.tensor([42.])))
b.masked_scatter_(b > 5, torch.arange(9.))
print(b, b.masked_select(b > 1), b.nonzero().shape, b.argwhere().shape, torch.nonzero(b > 1, as_tuple=True))
print(b.diagonal(), b.diag(), torch.diag(torch.tensor([1, 2])), torch.diag_embed(torch.tensor([[1, 2]])), b.tril(), b.triu(1), torch.tril_indices(3, 3), torch.triu_indices(2, 3, 1))
print(torch.select(a, 1, 0), a.narrow(2, 1, 2), a.unbind(0)[1], torch.take_along_dim(a, a.argsort(2), 2))
