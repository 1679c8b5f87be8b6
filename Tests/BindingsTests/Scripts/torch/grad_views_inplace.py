import torch
x = torch.arange(6., requires_grad=True)
y = x.clone()
y[1:3] = 0
y[4] *= 10
y.sum().backward()
print(y, x.grad)
x.grad = None
z = x * 2
v = z.view(2, 3)
v[0].mul_(3)
v[:, 1] += 1
z.sum().backward()
print(v, x.grad, v.grad_fn.name(), z._version, v._version)
a = torch.ones(3, requires_grad=True)
b = a * 1
b.add_(2).mul_(3).clamp_(max=8)
b.sum().backward()
print(b, a.grad)
c = torch.zeros(3)
c[0] = a.detach()[0]
c += a
print(c, c.requires_grad, c.grad_fn is not None)
d = torch.ones(2, 2, requires_grad=True)
e = d.t()
f = e.exp()
(f * torch.tensor([[1., 2], [3, 4]])).sum().backward()
print(d.grad, e.is_leaf, d.is_leaf, f.requires_grad)
g = torch.ones(3, requires_grad=True)
h = torch.stack([g, g * 2]).max(0).values.sum() + torch.cat([g, g]).pow(2).sum() + g[g > 0].sum() + g[[0, 0, 1]].sum() + torch.where(g > 0, g, -g).sum()
h.backward()
print(h, g.grad)
k = torch.tensor([1., 2., 3.], requires_grad=True)
m = k.detach().clone().requires_grad_()
(k.prod() + m.cumsum(0).sum() + k.std() + m.norm() + k.softmax(0)[0] + m.logsumexp(0)).backward()
print(k.grad, m.grad)
