import torch
x = torch.tensor([-1., -0.5, 0., 0.5, 1.], requires_grad=True)
for f in [lambda t: t.clamp(-0.5, 0.5), lambda t: torch.clamp(t, min=-0.5), lambda t: torch.clamp(t, max=0.5), lambda t: t.clamp_min(-0.5), lambda t: t.relu(), lambda t: t.abs(), lambda t: torch.max(t), lambda t: t.amax(), lambda t: torch.maximum(t, torch.zeros(5)), lambda t: torch.minimum(t, t.detach()), lambda t: t.sort().values[:2], lambda t: t.topk(2).values, lambda t: t.median(), lambda t: t.max(0).values, lambda t: torch.aminmax(t).max, lambda t: t.norm(), lambda t: t.cumsum(0), lambda t: t.prod(), lambda t: t.var(), lambda t: t.softmax(0)[0], lambda t: torch.sign(t), lambda t: t.floor(), lambda t: torch.where(t > 0, t, t * 2), lambda t: t.masked_fill(t > 0, 0), lambda t: t.roll(1) * torch.arange(5.), lambda t: t.flip(0) * torch.arange(5.), lambda t: t.diff(), lambda t: torch.nn.functional.hardtanh(t, -0.5, 0.5)]:
    x.grad = None
    f(x).sum().backward()
    print(x.grad)
print(torch.aminmax(torch.tensor([[1, 5], [7, 2]]), dim=1), torch.tensor([3, 1]).aminmax())
