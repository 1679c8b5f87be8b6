import torch

a, b = torch.tensor([1, 2]), torch.tensor([3, 4])
print(torch.cat([a, b]), torch.cat((a, b), dim=0), torch.stack([a, b]), torch.stack([a, b], dim=1), torch.hstack([a, b]), torch.vstack([a, b]))
m = torch.ones(2, 2)
print(torch.cat([m, torch.zeros(1, 2)]), torch.cat([m, m], 1).shape, torch.cat([m, m], dim=-1).shape)
print(torch.split(torch.arange(6), 4), torch.split(torch.arange(6), [1, 2, 3]), torch.chunk(torch.arange(6), 3), torch.arange(6).chunk(4), m.unbind(0), torch.arange(4).split(2))
x, y = torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")
print(x, y)
for f in (lambda: torch.cat([]), lambda: torch.cat([a, 5]), lambda: torch.stack([])):
    try:
        f()
    except (RuntimeError, TypeError) as e:
        print(type(e).__name__)
