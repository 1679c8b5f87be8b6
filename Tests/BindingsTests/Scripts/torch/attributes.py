import torch

for f in (lambda: torch.zeros(2).foo, lambda: torch.foo):
    try:
        f()
    except AttributeError as e:
        print(e)
x = torch.zeros(2)
x.note = "mine"
print(x.note, torch.pi, torch.inf, hash(x) == hash(x), x is x, {x: 1}[x])
try:
    torch.zeros(2).cuda()
except (AssertionError, RuntimeError) as e:
    print("no cuda")
