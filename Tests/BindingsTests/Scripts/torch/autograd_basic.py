import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = (x ** 2).sum()
print(y, y.grad_fn is not None, y.requires_grad, x.is_leaf, y.is_leaf, x.grad)
y.backward()
print(x.grad)
z = (x * 3).mean()
z.backward()
print(x.grad)
x.grad.zero_()
print(x.grad)
x.grad = None
print(x.grad)
w = torch.randn(3, requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)
loss = ((w * x.detach()).sum() + b - 2) ** 2
loss.backward()
print(w.grad.shape, b.grad.shape, w.detach().requires_grad, x.data, x.detach())
a = torch.ones(2, 2, requires_grad=True)
out = (a + 2) * (a + 2) * 3
out.mean().backward()
print(a.grad)
v = torch.tensor([1.0, 2.0], requires_grad=True)
(v * 2).backward(torch.tensor([1.0, 10.0]))
print(v.grad)
print((v * 2).grad_fn.name(), v.sum(), torch.exp(v), v.matmul(v), v / 2, v - 1, v.view(2, 1), v[0], v.mean())
