import torch

x = torch.tensor(3.0, requires_grad=True)
y = x ** 3
(g,) = torch.autograd.grad(y, x, create_graph=True)
print(g)
(g2,) = torch.autograd.grad(g, x)
print(g2)
z = x * 2
z.backward(retain_graph=True)
z.backward()
print(x.grad)
a = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
b = torch.tensor([[1.0], [2.0]], requires_grad=True)
loss = torch.sigmoid(a @ b).sum() + a.max() + torch.cat([a, a]).mean() + a[0].prod() + a.softmax(1)[0, 0]
loss.backward()
print(a.grad, b.grad)
u = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
torch.where(u > 1.5, u * 2, u * 10).sum().backward()
print(u.grad)
u.grad = None
u.clamp(1.5, 2.5).sum().backward()
print(u.grad)
u.grad = None
(u.exp().log() + u.abs() + u.sqrt() + u.tanh()).sum().backward()
print(u.grad)
