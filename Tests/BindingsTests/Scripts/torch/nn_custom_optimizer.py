import torch
from torch.optim import Optimizer


class PlainSGD(Optimizer):
    def __init__(self, params, lr=0.1, momentum=0.0):
        if lr < 0.0:
            raise ValueError(f"Invalid learning rate: {lr}")
        defaults = dict(lr=lr, momentum=momentum)
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for p in group['params']:
                if p.grad is None:
                    continue
                state = self.state[p]
                if len(state) == 0:
                    state['step'] = 0
                    state['velocity'] = torch.zeros_like(p)
                state['step'] += 1
                v = state['velocity']
                v.mul_(group['momentum']).add_(p.grad)
                p.add_(v, alpha=-group['lr'])
        return loss


w = torch.nn.Parameter(torch.tensor([1.0, -2.0]))
opt = PlainSGD([w], lr=0.1, momentum=0.5)
print(opt)
for i in range(3):
    opt.zero_grad()
    loss = (w ** 2).sum()
    loss.backward()
    opt.step()
    print(i, round(loss.item(), 4), w.data)
print(opt.state[w]['step'], opt.state[w]['velocity'])
print(opt.state_dict()['param_groups'])
for g in opt.param_groups:
    g['lr'] *= 0.5
print(opt.param_groups[0]['lr'])
sched = torch.optim.lr_scheduler.StepLR(opt, 1, 0.1)
opt.step(); sched.step()
print(sched.get_last_lr())
try:
    PlainSGD([w], lr=-1)
except ValueError as e:
    print(e)
