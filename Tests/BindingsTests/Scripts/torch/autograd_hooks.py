import torch

# Hooks see whole gradients, in the order of the walk.
x = torch.tensor([1.0, 2.0], requires_grad=True)
log = []
x.register_hook(lambda g: log.append(('x', g.tolist())))
y = x * 3
y.register_hook(lambda g: log.append(('y', g.tolist())))
z = (y + x).sum()
z.backward()
print(log, x.grad)
x.grad = None
h = y.register_hook(lambda g: g * 10)
y2 = x * 3
h2 = y2.register_hook(lambda g: g * 10)
(y2 ** 2).sum().backward()
print(x.grad)
h2.remove()
x.grad = None
a = x * 2
a.retain_grad()
print(a.retains_grad, x.retains_grad, a.is_leaf, x.is_leaf)
(a * a).sum().backward()
print(a.grad, x.grad)
w = torch.ones(2, requires_grad=True)
w.register_post_accumulate_grad_hook(lambda p: print('post', p.grad))
(w * 5).sum().backward()
def show(f):
    try:
        print(f())
    except RuntimeError as e:
        print(type(e).__name__, e)
show(lambda: torch.ones(2).register_hook(print))
show(lambda: torch.ones(2).retain_grad())
# Names.
b = torch.ones(2, 2, requires_grad=True)
c = (b @ b).relu().mean()
f = c.grad_fn
while f is not None and f.next_functions:
    print(f.name())
    f = f.next_functions[0][0]
print(f.name(), f.variable is not None)
print(c, (b + 1), b.sum(0), b.t(), b[0], b.exp(), b.view(4), torch.cat([b, b])[0, 0])
# Accumulation, inputs.
p = torch.tensor(2.0, requires_grad=True)
q = torch.tensor(3.0, requires_grad=True)
(p * q).backward()
(p * q).backward(inputs=[p])
print(p.grad, q.grad)
torch.autograd.backward([p * 2, q * 3])
print(p.grad, q.grad)
r = torch.autograd.grad([p * q, p ** 2], [p, q], grad_outputs=[torch.tensor(1.0), torch.tensor(2.0)])
print(r)
show(lambda: torch.autograd.grad(p * 2, [p, q]))
print(torch.autograd.grad(p * 2, [p, q], allow_unused=True))
print(torch.autograd.grad(p * 2, [p, q], materialize_grads=True))
show(lambda: torch.autograd.grad(p * 2, torch.ones(1)))
show(lambda: (torch.ones(3, requires_grad=True) * 2).backward(torch.ones(2)))
# Versions.
s = torch.ones(3, requires_grad=True)
t = s.exp()
u = (t * t).sum()
t.add_(1)
print(t._version)
show(lambda: u.backward())
v = torch.tensor([1.0, 2.0, 3.0])
k = s * v
v.mul_(2)
show(lambda: k.sum().backward())
with torch.autograd.set_detect_anomaly(True):
    m = torch.tensor([0.0], requires_grad=True)
    n = (m.sqrt() * 0).sum()
    show(lambda: n.backward())
with torch.autograd.detect_anomaly():
    show(lambda: (m * 2).sum().backward())
print(torch.is_grad_enabled())
with torch.no_grad():
    print(torch.is_grad_enabled(), (s * 2).requires_grad)
    with torch.enable_grad():
        print((s * 2).requires_grad)
with torch.set_grad_enabled(False):
    print((s * 2).requires_grad)
with torch.inference_mode():
    print((s * 2).requires_grad)
@torch.no_grad()
def quiet(x):
    return x * 2
print(quiet(s).requires_grad, (s.detach() * 2).requires_grad)
