import torch
w = torch.tensor([1., 2.], requires_grad=True)
for i in range(3):
    (w * (i + 1)).sum().backward()
    print(i, w.grad)
w.grad.zero_()
loss = (w ** 2).sum()
loss.backward(retain_graph=True)
loss.backward()
print(w.grad, loss)
w.grad = torch.ones(2)
print(w.grad, w.grad.requires_grad)
try:
    w.grad = torch.ones(3)
except RuntimeError as e:
    print(str(e).split('\n')[0])
(w * torch.tensor([1., 10.])).backward(torch.tensor([1., 0.5]))
print(w.grad)
torch.autograd.backward([w.sum(), (w * 2).sum()])
print(w.grad, torch.autograd.grad([w.sum()], [w], grad_outputs=[torch.tensor(3.)]), torch.autograd.grad((w * 3).sum(), w, retain_graph=True))
with torch.no_grad():
    w.mul_(2)
    n = w * 2
print(w, n.requires_grad, w.requires_grad, w.is_leaf, n.is_leaf)
w.requires_grad_(False)
print(w.requires_grad, (w * 2).requires_grad, w.detach() is w, torch.tensor([1.]).requires_grad_().requires_grad)
p = torch.nn.Parameter(torch.ones(2))
print(p, p.requires_grad, isinstance(p, torch.Tensor), p.data, type(p).__name__, type(p.data).__name__)
x = torch.linspace(-1, 1, 5, requires_grad=True)
for f in [torch.relu, torch.sigmoid, torch.tanh, torch.abs, torch.sign, torch.exp, lambda t: t.clamp(-0.5, 0.5), lambda t: t ** 3, lambda t: torch.maximum(t, torch.zeros(5))]:
    x.grad = None
    f(x).sum().backward()
    print(x.grad)
