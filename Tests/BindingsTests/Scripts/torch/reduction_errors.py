import torch

a = torch.zeros(2, 3)
for f in (lambda: a.sum(5), lambda: torch.tensor([1, 2]).mean(), lambda: torch.zeros(0).max(), lambda: torch.sum([1, 2]), lambda: a.squeeze(7), lambda: a.argmax(dim=4)):
    try:
        f()
    except (RuntimeError, IndexError, TypeError) as e:
        print(type(e).__name__, e)
