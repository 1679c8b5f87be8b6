import torch
torch.set_default_dtype(torch.float64)
print(torch.tensor([1.5]), torch.ones(2), torch.rand(1).dtype, torch.arange(3.), torch.arange(3), torch.linspace(0, 1, 3), torch.eye(2), torch.tensor([1.5], dtype=torch.float32), torch.zeros(0), torch.full((2,), 1.5), torch.tensor(2.5).dtype, torch.zeros(2).dtype, torch.nn.Linear(1, 1).weight.dtype, torch.tensor([1]).float().dtype, torch.get_default_dtype())
torch.set_default_dtype(torch.float32)
print(torch.tensor([1.5]), torch.tensor([1.5], dtype=torch.float64), torch.arange(3.).dtype, torch.finfo(torch.float32), torch.finfo(torch.float16), torch.iinfo(torch.int16), torch.finfo().dtype)
try:
    torch.set_default_dtype(torch.int32)
except TypeError as e:
    print(e)
