import torch
from torch.optim.lr_scheduler import (StepLR, CosineAnnealingLR, OneCycleLR, ReduceLROnPlateau, LambdaLR,
                                      LinearLR, SequentialLR, ExponentialLR, MultiStepLR)

w = torch.nn.Parameter(torch.zeros(1))


def rates(make, n=8, **kwargs):
    opt = torch.optim.SGD([w], lr=0.1, momentum=0.9)
    s = make(opt)
    out = []
    for i in range(n):
        out.append(round(opt.param_groups[0]['lr'], 6))
        opt.step()
        s.step(**{k: v[i] for k, v in kwargs.items()})
    return out


print(rates(lambda o: StepLR(o, step_size=3, gamma=0.5)))
print(rates(lambda o: MultiStepLR(o, milestones=[2, 4], gamma=0.1)))
print(rates(lambda o: ExponentialLR(o, gamma=0.8)))
print(rates(lambda o: CosineAnnealingLR(o, T_max=6, eta_min=0.001)))
print(rates(lambda o: OneCycleLR(o, max_lr=0.5, total_steps=10)))
print(rates(lambda o: LambdaLR(o, lr_lambda=lambda e: min(1, (e + 1) / 4))))
print(rates(lambda o: ReduceLROnPlateau(o, 'min', factor=0.5, patience=1), metrics=[1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5]))
print(rates(lambda o: SequentialLR(o, [LinearLR(o, 0.1, total_iters=3), ExponentialLR(o, 0.5)], milestones=[3])))
opt = torch.optim.Adam([w], lr=1e-3)
s = CosineAnnealingLR(opt, 10)
print(s.get_last_lr(), s.last_epoch, s.base_lrs, s.T_max)
for _ in range(3):
    opt.step(); s.step()
print(s.state_dict())
print(opt.param_groups[0]['initial_lr'])
