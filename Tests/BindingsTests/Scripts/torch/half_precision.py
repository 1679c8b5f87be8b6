import torch

x = torch.tensor([1.0, 0.1, 1 / 3, 65504.0])
h = x.half()
print(h, h.dtype, h.element_size())
b = x.to(torch.bfloat16)
print(b)
print(h.float() - x)
print((h[:2] + h[:2]), (h[:2] * 2).dtype, (h[:2] + x[:2]).dtype)
print(torch.finfo(torch.float16).max, torch.finfo(torch.bfloat16).eps, torch.finfo(torch.float32).eps)
print(torch.zeros(2, dtype=torch.float16), torch.ones(2, 2).bfloat16())
print(torch.tensor([70000.0]).half(), torch.tensor([1e-8]).half())
print(h[:2].tolist(), b[1].item())
