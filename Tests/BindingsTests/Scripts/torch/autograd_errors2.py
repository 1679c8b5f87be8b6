import torch
def err(f):
    try:
        print('ok', f())
    except Exception as e:
        print(type(e).__name__ + ':', str(e).split('\n')[0])
x = torch.ones(2, requires_grad=True)
y = x * 2
y.sum().backward()
err(lambda: (y * 1).sum().backward() or y.sum().backward())
w = torch.ones(2, requires_grad=True)
def f():
    w.add_(1)
err(f)
def g():
    a = w.exp()
    a.add_(1)
    a.sum().backward()
err(g)
def h():
    a = w * 2
    b = a * a
    a[0] = 5
    b.sum().backward()
err(h)
def k():
    v = w.view(2)
    v.zero_()
err(k)
def m():
    z = torch.ones(2)
    return torch.autograd.grad(z.sum(), w)
err(m)
def n():
    z = torch.ones(2, requires_grad=True)
    return torch.autograd.grad(w.sum(), z)
err(n)
print(torch.autograd.grad(w.sum(), torch.ones(2, requires_grad=True), allow_unused=True))
err(lambda: (w * 2).backward(torch.ones(3)))
err(lambda: w.sum().backward(torch.ones(2)))
with torch.no_grad():
    q = w * 2
print(q.requires_grad, q.grad_fn)
err(lambda: q.sum().backward())
err(lambda: w.detach().requires_grad_().sum().backward())
try:
    w.grad_fn.foo
except AttributeError as e:
    print('AttributeError')
w.grad = None
(w ** 3).sum().backward(retain_graph=True)
print(w.grad)
s = (w ** 3).sum()
(g1,) = torch.autograd.grad(s, w, create_graph=True)
(g2,) = torch.autograd.grad(g1.sum(), w, create_graph=True)
(g3,) = torch.autograd.grad(g2.sum(), w)
print(g1, g2, g3)
