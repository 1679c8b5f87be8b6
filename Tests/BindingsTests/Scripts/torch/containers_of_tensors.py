import torch
d = {'a': torch.ones(2), 'b': [torch.tensor(1), torch.tensor([2.5])]}
print(d)
print([torch.zeros(2), torch.tensor(3)], (torch.tensor([1, 2]), None), {'shape': torch.ones(2, 3).shape, 'dtype': torch.float32, 'device': torch.device('cpu')})
for name, t in d.items():
    print(name, type(t).__name__)
s = torch.ones(3, 4).size()
print(s, s[0], s[-1], s[1:], len(s), list(s), tuple(s), s.numel(), s == torch.Size([3, 4]), 4 in s, str(s), [*s], s + (5,), s[:1] + s[1:], torch.zeros(s).shape, hash(s) == hash((3, 4)), max(s))
a, b = torch.tensor([1, 2])
print(a, b, [x.item() for x in torch.tensor([1, 2])], dict(zip('ab', torch.tensor([1, 2]).tolist())), sorted([torch.tensor(2), torch.tensor(1)]), max([torch.tensor(2.), torch.tensor(3.)]), sum([torch.ones(2)] * 3), torch.stack([torch.ones(2), torch.zeros(2)]).tolist(), enumerate(torch.ones(1)) is not None)
for i, (u, v) in enumerate(zip(torch.tensor([1, 2]), torch.tensor([3., 4.]))):
    print(i, u, v, u + v)
values, indices = torch.tensor([3., 1., 2.]).sort()
print(values, indices, torch.tensor([3., 1.]).max(dim=0), torch.tensor([3., 1.]).topk(1), torch.tensor([[1., 2]]).min(dim=1).values)
