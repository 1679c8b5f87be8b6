import torch
from torch.autograd import Function, gradcheck

class Exp(Function):
    @staticmethod
    def forward(ctx, i):
        result = i.exp()
        ctx.save_for_backward(result)
        return result
    @staticmethod
    def backward(ctx, grad_output):
        result, = ctx.saved_tensors
        return grad_output * result

x = torch.tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)
y = Exp.apply(x)
print(y.detach(), y.requires_grad, y.grad_fn.name())
y.sum().backward()
print(x.grad)
print(gradcheck(Exp.apply, (x,)))
g, = torch.autograd.grad(Exp.apply(x).sum(), x, create_graph=True)
print(torch.autograd.grad(g.sum(), x))

class Scale(Function):
    @staticmethod
    def forward(ctx, x, factor, flag=True):
        ctx.factor = factor
        print('needs', ctx.needs_input_grad)
        return x * factor
    @staticmethod
    def backward(ctx, g):
        return g * ctx.factor, None, None
z = Scale.apply(x, 3.0, False)
print(torch.autograd.grad(z.sum(), x))

class Two(Function):
    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b, a + b
    @staticmethod
    def backward(ctx, g1, g2):
        a, b = ctx.saved_tensors
        print('called', g1.tolist(), g2.tolist())
        return g1 * b + g2, g1 * a + g2
a = torch.tensor([1.0, 2.0], requires_grad=True)
b = torch.tensor([3.0, 4.0], requires_grad=True)
p, s = Two.apply(a, b)
(p.sum() + 2 * s.sum()).backward()
print(a.grad, b.grad)
p, s = Two.apply(a, b)
p.sum().backward()

class Modern(Function):
    @staticmethod
    def forward(x):
        return x ** 3
    @staticmethod
    def setup_context(ctx, inputs, output):
        x, = inputs
        ctx.save_for_backward(x)
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return 3 * g * x ** 2
w = torch.tensor(2.0, requires_grad=True)
Modern.apply(w).backward()
print(w.grad)

class Wrong(Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2
    @staticmethod
    def backward(ctx, g):
        return g, g
def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
show(lambda: Wrong.apply(a).sum().backward())
class Bad(Function):
    @staticmethod
    def forward(ctx, x):
        return x ** 2
    @staticmethod
    def backward(ctx, g):
        return torch.ones(5)
show(lambda: Bad.apply(a).sum().backward())
with torch.no_grad():
    print(Exp.apply(x).requires_grad)
class Sign(Function):
    @staticmethod
    def forward(ctx, x):
        return x.sign()
    @staticmethod
    def backward(ctx, g):
        return g.clamp(-1, 1)
q = torch.tensor([-2.0, 3.0], requires_grad=True)
(Sign.apply(q) * torch.tensor([5.0, 0.5])).sum().backward()
print(q.grad)
print(gradcheck(lambda t: t.sin() * t, torch.tensor([0.3, 0.4], dtype=torch.float64, requires_grad=True)))
