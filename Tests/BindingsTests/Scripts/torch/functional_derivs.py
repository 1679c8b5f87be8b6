import torch
from torch.autograd.functional import jacobian, hessian, vjp, jvp, hvp, vhp
f = lambda x: (x ** 3).sum()
x = torch.tensor([1., 2.])
print(jacobian(lambda x: x ** 2, x), hessian(f, x), vjp(lambda x: x ** 2, x, torch.ones(2)), jvp(lambda x: x ** 2, x, torch.ones(2)), hvp(f, x, torch.ones(2)), vhp(f, x, torch.ones(2)), jacobian(lambda a, b: a * b, (x, x)))
print(torch.func.grad(f)(x), torch.func.vmap(lambda v: v * 2)(torch.ones(2, 2)), torch.func.jacrev(lambda x: x ** 2)(x), torch.func.hessian(f)(x), torch.func.grad_and_value(f)(x))
y = torch.tensor([0.5, 1.0], requires_grad=True)
g = torch.autograd.grad(torch.sin(y).sum(), y, create_graph=True)[0]
g2 = torch.autograd.grad(g.sum(), y, create_graph=True)[0]
print(g, g2, torch.autograd.grad(g2.sum(), y))
print(torch.autograd.gradcheck(lambda t: (t ** 2).sum(), torch.ones(2, dtype=torch.float64, requires_grad=True)))
class Sq(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return 2 * x * g
w = torch.tensor([3.], requires_grad=True)
out = Sq.apply(w)
out.backward()
print(out, w.grad)
try:
    with torch.autograd.set_detect_anomaly(True):
        v = torch.tensor([-1.], requires_grad=True)
        torch.sqrt(v).sum().backward()
except RuntimeError as e:
    print(str(e).split('\n')[0])
