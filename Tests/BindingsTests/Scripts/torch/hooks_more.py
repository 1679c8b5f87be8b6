import torch
x = torch.tensor([1., 2.], requires_grad=True)
h = x.register_hook(lambda g: g * 10)
(x * x).sum().backward()
print(x.grad)
h.remove()
x.grad.zero_()
(x * x).sum().backward()
print(x.grad)
y = x * 3
y.retain_grad()
y.register_hook(lambda g: print('hook', g))
(y ** 2).sum().backward()
print(y.grad, x.grad)
z = x.clone()
print(z.is_leaf, x.is_leaf, z.requires_grad, z.grad_fn.next_functions[0][0].name())
x.register_post_accumulate_grad_hook(lambda p: print('post', p.grad))
x.grad = None
x.sum().backward()
print((x * 2).grad_fn.name())
with torch.enable_grad():
    print((x + 1).requires_grad)
with torch.inference_mode():
    print((x + 1).requires_grad)
@torch.no_grad()
def f(a):
    return a * 2
print(f(x).requires_grad, torch.is_grad_enabled())
with torch.set_grad_enabled(False):
    print(torch.is_grad_enabled())
a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
c = a * b + a.sin()
c.backward()
print(a.grad, b.grad)
print(torch.autograd.grad(a ** 2 * b, [a, b]))
