import torch
def show(f):
    try: print(f())
    except RuntimeError as e: print(e)
x = torch.arange(6.).reshape(2,3).requires_grad_()
y = x * 2
v = y[0]
y.mul_(3)
v.sum().backward(retain_graph=True)
print(x.grad); x.grad=None
v.add_(1)
print(y)
(y.sum()+v.sum()).backward()
print(x.grad); x.grad=None
w = torch.tensor([1.,2.], requires_grad=True)
z = torch.zeros(4)
z[1:3].add_(w*2)
print(z.requires_grad, z)
(z*z).sum().backward()
print(w.grad); w.grad=None
z = torch.zeros(2,2)
z[0] = w
z[1] = w*3
z.sum().backward()
print(w.grad); w.grad=None
z = torch.zeros(3)
zz = z.view(3,1)
zz[0] = w[1]
print(z.requires_grad, z)
z.sum().backward(); print(w.grad)
def leafview():
    p = torch.ones(3, requires_grad=True)
    p[0:2].mul_(2)
show(leafview)
with torch.no_grad():
    p = torch.ones(3, requires_grad=True)
    p[0] = 7
    p[1:].mul_(2)
    p -= 1
print(p, p.requires_grad, p.is_leaf)
a = torch.ones(3, requires_grad=True)
b = a.clone()
for i in range(3):
    b[i] = b[i] * (i + 1)
b.sum().backward()
print(a.grad)
c = torch.ones(2,3, requires_grad=True)
d = (c*1).t()
d2 = d.clone(); d2[0].mul_(5)
d2.sum().backward(); print(c.grad)
h = torch.zeros(3, 2)
for t in range(3):
    h[t] = w * t
h.sum().backward()
print(w.grad)
q = torch.randn(4,4); q.fill_diagonal_(0) if hasattr(q,'fill_diagonal_') else None
m = (a*2); n = m.detach(); n.zero_()
print(m)
show(lambda: (m*m).sum().backward())
