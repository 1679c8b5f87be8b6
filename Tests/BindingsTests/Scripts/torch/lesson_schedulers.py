import torch, torch.nn as nn
from torch.optim import lr_scheduler as S
def run(make, n=6, **kw):
    p = nn.Parameter(torch.zeros(1))
    opt = torch.optim.SGD([p], lr=0.1, momentum=0.9)
    s = make(opt)
    out = []
    for i in range(n):
        out.append(round(s.get_last_lr()[0], 6))
        opt.step()
        s.step()
    print(type(s).__name__, out, getattr(s, "last_epoch", None))
    return s
s = run(lambda o: S.StepLR(o, 2, 0.5))
print(s.state_dict())
run(lambda o: S.MultiStepLR(o, milestones=[2, 4], gamma=0.1))
run(lambda o: S.CosineAnnealingLR(o, T_max=5))
run(lambda o: S.ExponentialLR(o, 0.8))
run(lambda o: S.OneCycleLR(o, max_lr=1.0, total_steps=6))
run(lambda o: S.LambdaLR(o, lr_lambda=lambda e: 1 / (e + 1)))
run(lambda o: S.CosineAnnealingWarmRestarts(o, T_0=2, T_mult=2))
run(lambda o: S.CyclicLR(o, 0.01, 0.1, step_size_up=2))
run(lambda o: S.PolynomialLR(o, total_iters=4, power=2))
run(lambda o: S.LinearLR(o, start_factor=0.5, total_iters=3))
run(lambda o: S.SequentialLR(o, schedulers=[S.LinearLR(o, 0.1, total_iters=2), S.ExponentialLR(o, 0.9)], milestones=[2]))
run(lambda o: S.ChainedScheduler([S.ConstantLR(o, 0.5, 2), S.ExponentialLR(o, 0.9)]))
opt = torch.optim.Adam([nn.Parameter(torch.zeros(1))], lr=0.01)
pl = S.ReduceLROnPlateau(opt, "min", factor=0.5, patience=1)
for v in [1.0, 0.9, 0.95, 0.96, 0.97, 0.5, 0.6, 0.7, 0.8]:
    pl.step(v)
    print(opt.param_groups[0]["lr"], pl.num_bad_epochs, pl.get_last_lr())
print(sorted(pl.state_dict().keys()))
warm = S.LambdaLR(opt, lambda step: min(1.0, (step + 1) / 4))
for i in range(5):
    opt.step(); warm.step()
    print(i, opt.param_groups[0]["lr"])
try:
    S.OneCycleLR(opt, max_lr=0.1)
except ValueError as e:
    print(e)
