import torch

x = torch.tensor([1.0], requires_grad=True)
with torch.no_grad():
    y = x * 2
    print(y.requires_grad, torch.is_grad_enabled())
    with torch.enable_grad():
        print((x * 2).requires_grad)
print(torch.is_grad_enabled(), (x * 2).requires_grad)

@torch.no_grad()
def f(t):
    return t * 2

print(f(x).requires_grad)
with torch.set_grad_enabled(False):
    print((x * 2).requires_grad)
print((x * 2).requires_grad)
torch.set_grad_enabled(False)
print((x * 2).requires_grad)
torch.set_grad_enabled(True)
with torch.no_grad():
    x -= 0.5
    x.add_(1)
print(x)
class M:
    @torch.no_grad()
    def g(self, t):
        return t * 3
print(M().g(x))
try:
    with torch.no_grad():
        raise ValueError("inside")
except ValueError as e:
    print(e, torch.is_grad_enabled())
with torch.inference_mode():
    print((x * 2).requires_grad)
x.requires_grad_(False)
print(x.requires_grad, (x * 2).requires_grad)
