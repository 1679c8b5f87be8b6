import torch

a = torch.zeros(2, 3)
for f in (lambda: a[2], lambda: a[0, 3], lambda: a[0, 0, 0], lambda: a[1.5], lambda: a["x"],
          lambda: a[torch.tensor([5])], lambda: torch.tensor(3)[0], lambda: a[::-1], lambda: a[torch.tensor([1.5])]):
    try:
        f()
    except (IndexError, ValueError) as e:
        print(type(e).__name__, e)
