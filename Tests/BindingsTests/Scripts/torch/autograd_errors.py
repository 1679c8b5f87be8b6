import torch

def show(f):
    try:
        f()
    except RuntimeError as e:
        print(e)

show(lambda: torch.zeros(2).sum().backward())
show(lambda: (torch.ones(2, requires_grad=True) * 2).backward())
def twice():
    y = (torch.ones(2, requires_grad=True) ** 2).sum()
    y.backward()
    y.backward()
show(twice)
def leaf():
    w = torch.ones(2, requires_grad=True)
    w += 1
show(leaf)
def item():
    w = torch.ones(2, requires_grad=True)
    w[0] = 1
show(item)
show(lambda: torch.ones(2, requires_grad=True).numpy())
show(lambda: torch.tensor([1, 2]).requires_grad_())
show(lambda: torch.tensor([1, 2], requires_grad=True))
