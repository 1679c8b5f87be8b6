import torch

a = torch.arange(12).reshape(3, 4)
print(a[0], a[-1], a[1, 2], a[1][2], a[:, 1], a[1:, :2], a[::2], a[..., 0])
print(a[[0, 2]], a[[0, 2], [1, 3]], a[:, [0, -1]], a[torch.tensor([2, 0])])
print(a[a > 5], a[a[:, 0] > 0], a[torch.tensor([True, False, True])])
print(a[None].shape, a[:, None].shape, a[:, :, None].shape, a[1:1], a[5:])
for row in a:
    print(row)
print([x.item() for x in a[0]], 5 in a, 50 in a, len(a))
print(a.select(1, 0), a.narrow(0, 1, 2), a.index_select(0, torch.tensor([2, 0])), torch.take(a, torch.tensor([0, 11])))
print(a.gather(1, torch.tensor([[0], [1], [3]])), a.masked_fill(a > 5, -1), torch.masked_select(a, a > 8), a.nonzero().shape, torch.nonzero(torch.tensor([0, 5, 6])), torch.where(torch.tensor([0, 1]) > 0))
