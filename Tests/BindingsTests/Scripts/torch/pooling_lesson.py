import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, 3.0, 2.0, 1.0], [2.0, 9.0, 1.0, 1.0], [1.0, 3.0, 2.0, 3.0], [5.0, 6.0, 1.0, 2.0]]).reshape(1, 1, 4, 4)
print(F.max_pool2d(x, 2))
print(F.avg_pool2d(x, 2))
values, places = F.max_pool2d(x, 2, return_indices=True)
print(places)
print(F.max_unpool2d(values, places, 2))
print(F.adaptive_avg_pool2d(x, 1), F.adaptive_avg_pool2d(x, (2, 1)).shape)
print(F.max_pool2d(x, 3, stride=1, padding=1))
print(F.avg_pool1d(torch.arange(8.0).reshape(1, 1, 8), 3, stride=2))
y = x.clone().requires_grad_()
F.max_pool2d(y, 2).sum().backward()
print(y.grad)
