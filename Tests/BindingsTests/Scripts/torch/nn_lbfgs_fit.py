import torch
import torch.nn as nn

torch.manual_seed(0)
x = torch.linspace(-2, 2, 30).unsqueeze(1)
y = x ** 3 - x
net = nn.Sequential(nn.Linear(1, 6), nn.Tanh(), nn.Linear(6, 1))
opt = torch.optim.LBFGS(net.parameters(), lr=0.5, max_iter=5)


def closure():
    opt.zero_grad()
    loss = nn.functional.mse_loss(net(x), y)
    loss.backward()
    return loss


for i in range(4):
    loss = opt.step(closure)
    print(i, f"{loss.item():.3f}")
rosen = nn.Parameter(torch.tensor([-1.0, 1.5]))
opt = torch.optim.LBFGS([rosen], line_search_fn='strong_wolfe')


def banana():
    opt.zero_grad()
    f = (1 - rosen[0]) ** 2 + 10 * (rosen[1] - rosen[0] ** 2) ** 2
    f.backward()
    return f


for _ in range(3):
    opt.step(banana)
print([round(v, 2) for v in rosen.tolist()])
try:
    opt.step()
except TypeError as e:
    print(type(e).__name__)
