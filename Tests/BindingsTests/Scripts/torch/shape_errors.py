import torch

x = torch.zeros(2, 3)
for f in (lambda: x + torch.zeros(4, 5), lambda: x + torch.zeros(2), lambda: x @ torch.zeros(4, 5), lambda: x @ torch.zeros(4), lambda: torch.zeros(3) @ torch.zeros(4), lambda: torch.mm(x, x), lambda: torch.bmm(x, x),
          lambda: x.view(4, 2), lambda: x.reshape(-1, 4), lambda: x.t().view(6), lambda: x.expand(3, 3), lambda: torch.cat([x, torch.zeros(2, 4)]), lambda: torch.stack([x, torch.zeros(2, 4)]), lambda: x.transpose(0, 5),
          lambda: torch.arange(0, 5, -1), lambda: torch.linspace(0, 1, -1), lambda: x.item(), lambda: bool(x), lambda: torch.zeros(2, 3, 4) @ torch.zeros(2, 3, 4)):
    try:
        f()
    except (RuntimeError, IndexError) as e:
        print(type(e).__name__, e)
