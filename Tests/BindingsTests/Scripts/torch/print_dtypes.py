import torch
for d in [torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.int32, torch.int64, torch.uint8, torch.int8, torch.int16, torch.bool]:
    a = torch.tensor([0, 1, 2, 3]).to(d)
    print(a, a[1], a.dtype, a.element_size(), a.type(), torch.zeros(0, 2, dtype=d))
print(torch.tensor(3), torch.tensor(2.5), torch.tensor(True), torch.tensor(1e-8), torch.tensor(123456789.0), torch.tensor([]))
print(torch.tensor([1., 2.5]).double(), torch.tensor([1.0]).int(), torch.empty(0), torch.empty(2, 0), torch.empty(0, dtype=torch.int64))
print(torch.tensor([float('nan'), float('inf'), -float('inf'), -0.0, 1.0]))
print(torch.tensor([1e10, 1.0]), torch.tensor([1e-10, 1.0]), torch.tensor([0.0001, 1.0]), torch.tensor([1e5, 1.5]), torch.tensor([100000.0, 2.0]), torch.tensor([99999.5]))
print(torch.tensor([[1, 2], [3, 4]], requires_grad=False), torch.ones(2, 2, requires_grad=True))
x = torch.ones(2, requires_grad=True)
print(x * 2, (x * 2).sum(), x.exp(), x.view(1, 2), x[0], x.mean(), x @ x, x.detach(), torch.relu(x), x.clone(), -x, x / 2, x ** 2, x - 1, x.sqrt(), x.reshape(2, 1).t(), torch.cat([x, x]), torch.stack([x, x]), x.softmax(0), x.log_softmax(0), x.sigmoid(), x.tanh(), x.norm(), x.max(), x.max(0), x.unsqueeze(0), x.double())
