import torch

print(torch.tensor([1, 2, 3]), torch.tensor([1.5, 2]), torch.tensor(5), torch.tensor(2.5), torch.tensor([True, False]))
print(torch.tensor([[1, 2], [3, 4]], dtype=torch.float32), torch.tensor([1.0], requires_grad=True), torch.tensor([1, 2.5, True]))
print(torch.zeros(3), torch.zeros(2, 3), torch.zeros((2, 2)), torch.ones(2, dtype=torch.int64), torch.ones([2]))
print(torch.full((2, 2), 7), torch.full((2,), 1.5), torch.eye(2), torch.eye(2, 3))
print(torch.arange(5), torch.arange(1, 10, 3), torch.arange(0, 1, 0.25), torch.arange(5.0), torch.arange(5, 0, -2))
print(torch.linspace(0, 1, 5), torch.logspace(0, 2, 3))
x = torch.tensor([[1, 2]])
print(torch.zeros_like(x), torch.ones_like(x, dtype=torch.float32), torch.full_like(x, 9), x.new_zeros(2), x.new_ones((1, 2)), torch.empty(0))
print(torch.tensor([]), torch.tensor([[]]).shape, torch.Tensor([1, 2]), torch.as_tensor([1, 2]))
print(torch.tensor([1, 2], dtype=torch.float64), torch.tensor([1, 2], dtype=torch.uint8), torch.tensor([0.1], dtype=torch.double))
